import type { Failure } from '../../shared/failure/failure';

/** How often, and after which waits, a request is sent again before its first token. Times are in seconds. */
export interface RetryPolicy {
  /** The largest number of retries; 0 for none. */
  readonly retries: number;
  /** The longest wait before the first retry. It doubles with each retry. */
  readonly base: number;
  /** The upper limit of the doubled wait. */
  readonly cap: number;
  /** If the gateway asks for a longer wait than this, Parley does not retry by itself. */
  readonly longest: number;
  /** The wait before the next request to a server that is loading its model. */
  readonly loading: number;
}

/** Three retries, after at most 1, 2 and 4 seconds. */
export const defaultRetryPolicy: RetryPolicy = { retries: 3, base: 1, cap: 30, longest: 60, loading: 2 };

/** No retries. */
export const noRetries: RetryPolicy = { ...defaultRetryPolicy, retries: 0 };

/**
 * The wait in seconds before a failed request is sent again; undefined if it must not be sent again. The wait is random in its
 * whole range ("full jitter"), so that clients that failed at the same time do not retry at the same time.
 *
 * @param made The number of retries so far; `retryAfter`: the wait in seconds that the gateway asks for.
 * @param random Returns a number in [0, 1).
 */
export function delayBeforeRetry(
  failure: Failure,
  { made, retryAfter }: { readonly made: number; readonly retryAfter: number | undefined },
  policy: RetryPolicy,
  random: () => number,
): number | undefined {
  if (made >= policy.retries) return undefined;
  // Usually an idle socket was closed by the gateway. One retry with a new socket, without a wait.
  if (failure.kind === 'connection-reset') return made === 0 ? 0 : undefined;
  if (!isTemporary(failure)) return undefined;
  if (retryAfter !== undefined) return retryAfter > policy.longest ? undefined : retryAfter;
  return random() * Math.min(policy.cap, policy.base * 2 ** made);
}

/** True for temporary failures: 408, 409, 429, 5xx, and the same errors inside a reply with status 200. Not for a limit of days. */
function isTemporary({ kind, status = 0, retryable }: Failure): boolean {
  if (!retryable) return false;
  if (status === 408 || status === 409) return kind === 'http-error';
  if (kind !== 'rate-limited' && kind !== 'server-error') return false;
  return status < 400 || status === 429 || status >= 500;
}

/**
 * The wait in seconds before the next request to a server that is loading its model; undefined if the time is over. Loading
 * takes longer than all retries, so the requests continue until the limit for the first token.
 *
 * @param left The rest of the limit for the first token, in seconds.
 * @param retryAfter The wait in seconds that the gateway asks for.
 */
export function delayWhileLoading(
  left: number,
  retryAfter: number | undefined,
  policy: RetryPolicy,
): number | undefined {
  if (policy.retries === 0 || left <= 0) return undefined;
  return Math.min(Math.max(retryAfter ?? policy.loading, 0.5), policy.loading * 5, left);
}

/** True if `seconds` of a failure is a wait that the gateway asks for, and not one of Parley's limits. */
export function asksToWait({ kind }: Failure): boolean {
  return kind === 'rate-limited' || kind === 'server-error' || kind === 'model-loading';
}

/** Waits. Resolves early when the signal is aborted; never rejects. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Waits with a timer. */
export const wait: Wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });
