import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { Failure } from '../../shared/failure/failure';
import type { Retry } from '../../shared/answer/retry';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

/**
 * Tells why nothing has come yet, and when the request is sent again or how long a model may still load. Stop cancels
 * it.
 */
export function RetryNotice({ retry }: { readonly retry: Retry }): JSX.Element {
  const { t } = usePanel();
  const seconds = useSecondsUntil(retry.until);
  return (
    <div class="note retry">
      <Icon name="refresh" />
      <span>
        {explainFailure(withoutWait(retry.failure), t).sentence}{' '}
        <span class="retry-countdown">
          {retry.failure.kind === 'model-loading'
            ? t('Waiting for up to {0} s more', seconds)
            : seconds > 0
              ? t('Trying again in {0} s (attempt {1})', seconds, retry.attempt)
              : t('Trying again (attempt {0})', retry.attempt)}
        </span>
      </span>
    </div>
  );
}

/** The countdown already contains the gateway's own wait. */
function withoutWait(failure: Failure): Failure {
  if (failure.kind !== 'rate-limited') return failure;
  const { seconds, ...rest } = failure;
  return seconds === undefined ? failure : rest;
}

/** The whole seconds until `until`, counting down while displayed. */
function useSecondsUntil(until: number): number {
  const seconds = useSignal(secondsUntil(until));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = (): void => {
      const left = until - Date.now();
      seconds.value = secondsUntil(until);
      // Wakes after each whole second that is left rather than at an arbitrary start.
      if (left > 0) timer = setTimeout(count, left % 1000 || 1000);
    };
    count();
    return () => {
      clearTimeout(timer);
    };
  }, [until]);
  return seconds.value;
}

function secondsUntil(until: number): number {
  return Math.max(0, Math.ceil((until - Date.now()) / 1000));
}
