import type { Failure } from '../shared/failure';

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
}

/** Three retries: within 1, 2 and 4 seconds. */
export const defaultRetryPolicy: RetryPolicy = { retries: 3, base: 1, cap: 30, longest: 60 };

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
  if (!mayPass(failure)) return undefined;
  if (retryAfter !== undefined) return retryAfter > policy.longest ? undefined : retryAfter;
  return random() * Math.min(policy.cap, policy.base * 2 ** made);
}

/** True for refusals of the moment: 408, 409, 429, 5xx, and their like inside a reply with status 200. */
function mayPass({ kind, status = 0 }: Failure): boolean {
  if (status === 408 || status === 409) return kind === 'http-error';
  const isOfTheMoment = kind === 'rate-limited' || kind === 'server-error';
  return isOfTheMoment && (status < 400 || status === 429 || status >= 500);
}
