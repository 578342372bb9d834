import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Ending } from '../../shared/answer/ending';
import { explainFailure } from '../../shared/failure/explainFailure';
import { failureOfStop } from '../../shared/answer/readFinishReason';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

/** The longest words that are displayed in full, in characters and lines. */
const mostShown = 280;
const mostLines = 5;

interface FailureNoticeProps {
  /** The answer that failed or was cut off. */
  readonly id: string;
  /** How it ended. Nothing is displayed for a complete answer. */
  readonly ending: Ending;
}

/** Tells at the end of an answer why it failed or stopped early, with one or two buttons that help. */
export function FailureNotice({ id, ending }: FailureNoticeProps): JSX.Element | null {
  const { post, store, t } = usePanel();
  const failure =
    ending.outcome === 'completed'
      ? failureOfStop(ending.finishReason, store.textOf(id).trim() !== '')
      : ending.outcome === 'cancelled'
        ? undefined
        : ending.failure;
  if (failure === undefined) return null;
  // A part of the answer came, so it is a warning rather than an error.
  const isPartial = ending.outcome !== 'failed';
  const { sentence, words, details, action, actionLabel, secondary } = explainFailure(failure, t);
  const facts = details.filter((line) => line !== words);
  return (
    <div role="alert" class={`failure ${isPartial ? 'partial' : ''}`}>
      <Icon name={isPartial ? 'warning' : 'error'} />
      <div class="failure-body">
        <p class="failure-sentence">{sentence}</p>
        {words !== undefined && <GatewayWords words={words} />}
        {facts.length > 0 && (
          <details class="failure-details">
            <summary>
              <Icon name="chevron-right" />
              <span>{t('Details')}</span>
            </summary>
            <pre>{facts.join('\n')}</pre>
          </details>
        )}
        <div class="failure-buttons">
          <button
            type="button"
            class="button"
            onClick={() => {
              post('failure-action', { id, action });
            }}
          >
            {actionLabel}
          </button>
          {secondary !== undefined && (
            <button
              type="button"
              class="button secondary"
              onClick={() => {
                post('failure-action', { id, action: secondary.action });
              }}
            >
              {secondary.label}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** The gateway's own words. Long words are cut until the reader expands them. */
function GatewayWords({ words }: { readonly words: string }): JSX.Element {
  const { t } = usePanel();
  const isWhole = useSignal(false);
  const start = beginningOf(words);
  const isClipped = start !== words && !isWhole.value;
  return (
    <div class="failure-words">
      <p>{isClipped ? `${start}…` : words}</p>
      {start !== words && (
        <button
          type="button"
          class="link-button"
          aria-expanded={isWhole.value}
          onClick={() => {
            isWhole.value = !isWhole.value;
          }}
        >
          {isWhole.value ? t('Show Less') : t('Show More')}
        </button>
      )}
    </div>
  );
}

/** The words if they are short; otherwise their beginning, without a half character at its end. */
function beginningOf(words: string): string {
  const lines = words.split('\n');
  const start = lines.length > mostLines ? lines.slice(0, mostLines).join('\n') : words;
  return start.length > mostShown ? start.slice(0, mostShown).replace(/[\ud800-\udbff]$/, '') : start;
}
