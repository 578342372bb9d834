import type { JSX } from 'preact';
import { explainFailure } from '../../shared/explainFailure';
import type { Failure } from '../../shared/failure';
import { Icon } from '../icon';
import { usePanel } from '../panelContext';

interface FailureNoticeProps {
  /** The answer that failed. */
  readonly id: string;
  readonly failure: Failure;
  /** True when part of the answer came: a warning then, not an error. */
  readonly isPartial: boolean;
}

/** What went wrong, where the answer would be, and the one button that helps. */
export function FailureNotice({ id, failure, isPartial }: FailureNoticeProps): JSX.Element {
  const { post, t } = usePanel();
  const { sentence, details, action, actionLabel } = explainFailure(failure, t);
  return (
    <div role="alert" class={`failure ${isPartial ? 'partial' : ''}`}>
      <Icon name={isPartial ? 'warning' : 'error'} />
      <div class="failure-body">
        <p class="failure-sentence">{sentence}</p>
        {details.length > 0 && (
          <details class="failure-details">
            <summary>
              <Icon name="chevron-right" />
              <span>{t('Details')}</span>
            </summary>
            <pre>{details.join('\n')}</pre>
          </details>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            post('failure-action', { id, action });
          }}
        >
          {actionLabel}
        </button>
      </div>
    </div>
  );
}
