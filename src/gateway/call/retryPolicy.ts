import type { Failure } from '../../shared/failure/failure';

/** How often, and after what waits, a request is sent again before its first token. Times in seconds. */
export interface RetryPolicy {
  /** How many times at most; none: 0. */
  readonly retries: number;
  /** The longest wait before the first retry; it doubles with each. */
  readonly base: number;
  /** What the doubling ends at. */
  readonly cap: number;
  /** When the gateway asks for a longer wait than this, the user decides, not we. */
  readonly longest: number;
  /** How long after a server said that it is loading its model it is asked again. */
  readonly loading: number;
}

/** Three retries: within 1, 2 and 4 seconds. */
export const defaultRetryPolicy: RetryPolicy = { retries: 3, base: 1, cap: 30, longest: 60, loading: 2 };

/** Nothing is sent twice. */
export const noRetries: RetryPolicy = { ...defaultRetryPolicy, retries: 0 };

/**
 * Seconds to wait before a request that failed is sent again; undefined when it is not. `made` is the number
 * of retries so far, `retryAfter` the gateway's own wish in seconds. The wait is drawn from the whole
 * of its range ("full jitter"), so that clients that failed together do not come back together;
 * `random` is in [0, 1).
 */
export function delayBeforeRetry(
  failure: Failure,
  { made, retryAfter }: { readonly made: number; readonly retryAfter: number | undefined },
  policy: RetryPolicy,
  random: () => number,
): number | undefined {
  if (made >= policy.retries) return undefined;
  // What resets a connection is most often a socket that went stale: a fresh one is tried at once, and once.
  if (failure.kind === 'connection-reset') return made === 0 ? 0 : undefined;
  if (!isOfTheMoment(failure)) return undefined;
  if (retryAfter !== undefined) return retryAfter > policy.longest ? undefined : retryAfter;
  return random() * Math.min(policy.cap, policy.base * 2 ** made);
}

/**
 * True for refusals that pass by themselves: 408, 409, 429, 5xx, and their like inside a reply with status 200; not for a limit
 * of days.
 */
function isOfTheMoment({ kind, status = 0, retryable }: Failure): boolean {
  if (!retryable) return false;
  if (status === 408 || status === 409) return kind === 'http-error';
  if (kind !== 'rate-limited' && kind !== 'server-error') return false;
  return status < 400 || status === 429 || status >= 500;
}

/**
 * Seconds to wait before a server that is loading its model is asked again; undefined when it has had its time. Such a server
 * needs longer than any retry would wait: it is asked until `left`, what is left of the limit for the first token in
 * seconds, is over. `retryAfter` is the gateway's own wish.
 */
export function delayWhileLoading(
  left: number,
  retryAfter: number | undefined,
  policy: RetryPolicy,
): number | undefined {
  if (policy.retries === 0 || left <= 0) return undefined;
  return Math.min(Math.max(retryAfter ?? policy.loading, 0.5), policy.loading * 5, left);
}

/** True when the `seconds` of a failure are a wait that the gateway asks for, and not a limit of Parley's. */
export function asksToWait({ kind }: Failure): boolean {
  return kind === 'rate-limited' || kind === 'server-error' || kind === 'model-loading';
}
