/** A day: who asks for more is shown "a day". */
const longest = 86_400;

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3), seconds or a date, into whole seconds from
 * `now` (milliseconds since the epoch). A date that is past means now: 0. Undefined when there is
 * none, and when it makes no sense, as a negative number.
 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const isNumber = /^[-+]?\d+(?:\.\d+)?$/.test(text);
  const seconds = isNumber ? Number(text) : Math.max(0, (Date.parse(text) - now) / 1_000);
  if (Number.isNaN(seconds) || seconds < 0) return undefined;
  return Math.ceil(Math.min(seconds, longest));
}
