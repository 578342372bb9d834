import type { PromptRecord, SentPart } from '../../shared/conversation/promptRecord';
import type { Translate } from '../../shared/kit/translate';
import type { IconName } from '../kit/icon';

/** A part of a prompt in words. */
interface PartWords {
  readonly icon: IconName;
  readonly label: string;
  /** What the part is, where the label is a name; '' where the label says it. */
  readonly description: string;
}

/** The icon and the label of a chip. */
export interface ChipWords {
  readonly icon: IconName;
  readonly label: string;
}

/**
 * Says what a part of a prompt is.
 *
 * @param chipOf Finds the chip of an attachment by its id; undefined when it is gone.
 * @param count Formats a count.
 */
export function partWords(
  part: SentPart,
  chipOf: (id: string) => ChipWords | undefined,
  count: (value: number) => string,
  t: Translate,
): PartWords {
  const words = wordsOf(part, chipOf, count(part.count ?? 1), t);
  if (part.cut !== true) return words;
  const cut = t('The end was left out.');
  return { ...words, description: words.description === '' ? cut : t('{0}. {1}', words.description, cut) };
}

function wordsOf(
  { kind, id = '', name = '' }: SentPart,
  chipOf: (id: string) => ChipWords | undefined,
  count: string,
  t: Translate,
): PartWords {
  switch (kind) {
    case 'instructions':
      return {
        icon: 'book',
        label: t('Instructions'),
        description: name === '' ? t('From the setting {0}', 'parley.instructions') : name,
      };
    case 'instruction-file':
      return { icon: 'book', label: name, description: t('Instruction file') };
    case 'system-text':
      return { icon: 'book', label: t('System Text'), description: t('From the parameters of this chat') };
    case 'summary':
      return { icon: 'note', label: t('Summary'), description: t('Sent instead of the oldest messages') };
    case 'earlier-prompts':
      return { icon: 'history', label: t('Earlier prompts ({0})', count), description: '' };
    case 'earlier-attachments':
      return { icon: 'attach', label: t('Earlier attachments ({0})', count), description: '' };
    case 'earlier-answers':
      return { icon: 'history', label: t('Earlier answers ({0})', count), description: '' };
    case 'tool-results':
      return { icon: 'tools', label: t('Tool results ({0})', count), description: '' };
    case 'pictures':
      return { icon: 'file-media', label: t('Pictures from earlier answers ({0})', count), description: '' };
    case 'attachment': {
      const { icon, label }: ChipWords = chipOf(id) ?? { icon: 'attach', label: t('Attachment') };
      return { icon, label, description: '' };
    }
    case 'text':
      return { icon: 'edit', label: t('Your message'), description: '' };
    case 'continuation':
      return { icon: 'arrow-down', label: t('Request to continue the answer'), description: '' };
    case 'format':
      return { icon: 'code', label: t('Message format'), description: t('Added to each message') };
  }
}

/** Says what was left out of a prompt. */
export function omittedWords(
  { kind, count: value }: PromptRecord['omitted'][number],
  count: (value: number) => string,
  t: Translate,
): string {
  switch (kind) {
    case 'messages':
      return t('Oldest messages ({0})', count(value));
    case 'empty-answers':
      return t('Answers without text ({0})', count(value));
    case 'reasoning':
      return t('Reasoning of earlier answers ({0})', count(value));
  }
}
