/** A day: who asks for more is shown "a day". */
const longest = 86_400;

/**
 * Reads how long a reply's headers ask to wait, in whole seconds from `now` (milliseconds since the epoch): `retry-after-ms`
 * (OpenAI, Azure), or Retry-After (RFC 9110, section 10.2.3), seconds or a date. A date that is past means now: 0. Undefined
 * when there is none, and when it makes no sense, as a negative number.
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const milliseconds = headers['retry-after-ms']?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(milliseconds)) return clamp(Number(milliseconds) / 1_000);
  const text = headers['retry-after']?.trim() ?? '';
  if (text === '') return undefined;
  const isNumber = /^[-+]?\d+(?:\.\d+)?$/.test(text);
  return clamp(isNumber ? Number(text) : Math.max(0, (Date.parse(text) - now) / 1_000));
}

function clamp(seconds: number): number | undefined {
  return Number.isNaN(seconds) || seconds < 0 ? undefined : Math.ceil(Math.min(seconds, longest));
}
