import { LazyExpression } from '../../core/text/lazyExpression';
import { normaliseWords } from './normaliseWords';

/** A longer wait counts as one day; in seconds. */
const longest = 86_400;

/** Units of time by their first letters, with their length in seconds. */
const units: readonly (readonly [unit: RegExp, seconds: number])[] = [
  [/^(?:ms|milli|毫秒)/, 0.001],
  [/^(?:min|m$|分|분|мин)/, 60],
  [/^(?:h|ч|stunde|ora|ore|小时|小時|時間|시간|heure)/, 3_600],
  [/^(?:d|tag|jour|día|天|日|일)/, 86_400],
];

const english = String.raw`(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)`;
const number = String.raw`\d{1,9}(?:\.\d{1,9})?`;

/** `1m30.5s`, `2 hours 5 minutes`, `43.2s`, `20` (seconds). */
const duration = String.raw`((?:${number} ?${english}\b[ ,]*(?:and )?|${number}(?=m\d|h\d|d\d|s\d)[mhds]){1,4}|${number}(?![\d.]))`;

/** How gateways ask for a wait in English. The first group of each expression is the duration. */
const requests: readonly LazyExpression[] = [
  String.raw`\b(?:try|retry|retrying)(?: (?:again|your request|the request|it|this request)){0,2},? (?:in|after)(?: about| at least)? ${duration}`,
  String.raw`\bretry[-_ ]?after["']?(?: is| of)? ?[:=]? ?["']?${duration}`,
  String.raw`\b(?:please )?wait(?: for)?(?: about| at least| another)? ${duration}`,
  String.raw`\b(?:resets?|available again|available) in ${duration}`,
].map((form) => new LazyExpression(form, 'u'));

/** The same in other languages, where the duration follows a word such as "in" or precedes a word such as "later". */
const elsewhere: readonly LazyExpression[] = [
  String.raw`(${number} ?(?:毫秒|秒|分钟|分鐘|小时|小時|天)) ?(?:钟|鐘)?(?:之)?(?:后|後)`,
  String.raw`(?:等待|等候|稍等|等) ?(${number} ?(?:毫秒|秒|分钟|分鐘|小时|小時))`,
  String.raw`(${number} ?(?:秒|分|時間))(?:後|ほど|待|お待ち)`,
  String.raw`(${number} ?(?:초|분|시간)) ?(?:후|뒤|기다|이후)`,
  String.raw`через (${number} ?(?:сек|мин|час|ч))`,
  String.raw`(?:int[eé]nt|reint[eé]nt|esper|aguard|tent|volt)\p{L}{0,6}[^.]{0,40}? (?:en|em|dentro de) (${number} ?(?:segundos?|minutos?|horas?|s|min)\b)`,
  String.raw`(?:réessay|patient|attend)\p{L}{0,5}[^.]{0,40}? (?:dans )?(${number} ?(?:secondes?|minutes?|heures?|s|min)\b)`,
  String.raw`\bin (${number} ?(?:sekunden?|minuten?|stunden?))`,
  String.raw`(?:riprov|attend)\p{L}{0,5}[^.]{0,40}? (?:tra |fra )?(${number} ?(?:secondi|minuti|or[ae])\b)`,
].map((form) => new LazyExpression(form, 'u'));

/**
 * Finds the wait that an error message asks for: "try again in 20s", "retry after 1m30s", "请在 20 秒后重试". In whole
 * seconds, at most one day. Undefined if the message asks for no wait; a message that only says how long something took
 * does not.
 */
export function waitIn(words: string): number | undefined {
  const text = normaliseWords(words);
  for (const form of [...requests, ...elsewhere]) {
    const found = form.exec(text)?.[1];
    const seconds = found === undefined ? undefined : secondsOf(found);
    if (seconds !== undefined) return seconds;
  }
  return undefined;
}

/** Fields that hold a wait in seconds, or with a unit. */
const waitFields =
  /^(?:retry[-_]?after(?:[-_]?(?:seconds|secs|s))?|retry[-_]?delay|wait[-_]?seconds|estimated[-_]?time)$/i;
const waitInMilliseconds = /^retry[-_]?after[-_]?ms$/i;

/**
 * Finds the wait in the fields of an error: `retry_after: 20`, `retryDelay: "43.2s"`, `retry_after_ms: 500`,
 * `estimated_time: 20.0` (Hugging Face, while a model loads). In whole seconds, at most one day; undefined if no field has
 * one.
 */
export function readWait(fields: Readonly<Record<string, unknown>>): number | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const isShort = waitInMilliseconds.test(name);
    if (!isShort && !waitFields.test(name)) continue;
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    const seconds = /^[\d.]+$/.test(text)
      ? clamp(Number(text) * (isShort ? 0.001 : 1))
      : /^\d/.test(text)
        ? secondsOf(text)
        : undefined;
    if (seconds !== undefined) return seconds;
  }
  return undefined;
}

/**
 * Reads the wait that the headers of a reply ask for: `retry-after-ms` (OpenAI, Azure), or Retry-After (RFC 9110, section
 * 10.2.3) as seconds or as a date.
 *
 * @param now The time in milliseconds since the epoch.
 * @returns The wait from `now` in whole seconds, at most one day; 0 for a date in the past; undefined if there is no such
 *   header, or if its value is invalid, such as a negative number.
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const milliseconds = headers['retry-after-ms']?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(milliseconds)) return clamp(Number(milliseconds) / 1_000);
  const text = headers['retry-after']?.trim() ?? '';
  if (text === '') return undefined;
  const isNumber = /^[-+]?\d+(?:\.\d+)?$/.test(text);
  return clamp(isNumber ? Number(text) : Math.max(0, (Date.parse(text) - now) / 1_000));
}

/** The sum of all numbers with units in a duration, such as `1m30s`. */
function secondsOf(text: string): number | undefined {
  let sum: number | undefined;
  for (const [, digits = '', unit = ''] of text
    .slice(0, 100)
    .matchAll(/(\d{1,9}(?:\.\d{1,9})?) ?([^\d\s.,]{0,12})/gu)) {
    const seconds = units.find(([form]) => form.test(unit))?.[1] ?? 1;
    sum = (sum ?? 0) + Number(digits) * seconds;
  }
  return sum === undefined ? undefined : clamp(sum);
}

function clamp(seconds: number): number | undefined {
  return Number.isNaN(seconds) || seconds < 0 ? undefined : Math.ceil(Math.min(seconds, longest));
}
