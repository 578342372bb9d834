/** A day: who asks for more is shown "a day". */
const longest = 86_400;

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3), seconds or a date, into whole seconds from
 * `now` (milliseconds since the epoch). Undefined when there is none, when it makes no sense, or
 * when the time is already past.
 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const seconds = /^[-+]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1_000;
  if (Number.isNaN(seconds) || seconds <= 0) return undefined;
  return Math.ceil(Math.min(seconds, longest));
}
