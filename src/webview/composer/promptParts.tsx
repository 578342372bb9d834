import type { JSX } from 'preact';
import { tokensOf, type PromptRecord } from '../../shared/conversation/promptRecord';
import { compactNumber } from '../kit/compactNumber';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import { omittedWords, partWords, type ChipWords } from './partWords';

interface PromptPartsProps {
  readonly name: string;
  readonly record: PromptRecord;
  readonly chipOf: (id: string) => ChipWords | undefined;
}

/** The parts of a prompt with their tokens, their sum, and what was left out. */
export function PromptParts({ name, record, chipOf }: PromptPartsProps): JSX.Element {
  const { language, t } = usePanel();
  const number = new Intl.NumberFormat(language);
  const count = (value: number): string => number.format(value);
  const total = tokensOf(record);
  const { window, reserved, parts, omitted } = record;
  const share =
    window === null || window === 0
      ? null
      : new Intl.NumberFormat(language, { style: 'percent' }).format(total / window);
  return (
    <table class="context-parts" aria-label={name}>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('Part')}</th>
          <th scope="col">{t('Tokens')}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part, index) => {
          const { icon, label, description } = partWords(part, chipOf, count, t);
          return (
            <tr key={index}>
              <th scope="row">
                <span class="context-part">
                  <Icon name={icon} />
                  <span class="context-part-words">
                    <span dir="auto">{label}</span>
                    {description !== '' && (
                      <span class="context-part-what">
                        <span class="visually-hidden">, </span>
                        {description}
                      </span>
                    )}
                  </span>
                </span>
              </th>
              <td>{number.format(part.tokens)}</td>
            </tr>
          );
        })}
        {omitted.map((part) => (
          <tr key={part.kind} class="context-omitted">
            <th scope="row">
              <span class="context-part">
                <Icon name="close" />
                <span class="context-part-words">{omittedWords(part, count, t)}</span>
              </span>
            </th>
            <td>{t('Not sent')}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            {t('Total')}
            {window !== null && share !== null && (
              <span class="context-part-what">
                <span class="visually-hidden">, </span>
                {t('{0} of {1} tokens', share, compactNumber(window, language))}
              </span>
            )}
          </th>
          <td>{number.format(total)}</td>
        </tr>
        {reserved > 0 && (
          <tr>
            <th scope="row">{t('Reserved for the answer')}</th>
            <td>{number.format(reserved)}</td>
          </tr>
        )}
      </tfoot>
    </table>
  );
}
