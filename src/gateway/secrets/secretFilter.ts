import { redactedMark } from './redact';
import { formsOf, isKeyLike, tellingLength } from './formsOf';

/**
 * Takes a key out of text that streams: a gateway may put what it was sent into an answer, which goes to the panel and to disk.
 * Only as a whole, for a piece of it may be what the answer is about. What may be the beginning of the key is held back until
 * more comes.
 */
export class SecretFilter {
  private held = '';
  private readonly shortest: number;
  private readonly longest: number;
  /** The keys by their first character. */
  private readonly byFirst = new Map<number, string[]>();

  /** @param keys What to take out, see `keysToHide`: none has white space, or anything else that is not ASCII. */
  constructor(private readonly keys: readonly string[]) {
    const lengths = keys.map(({ length }) => length);
    this.shortest = Math.min(...lengths);
    this.longest = Math.max(...lengths);
    for (const key of keys) {
      const first = key.charCodeAt(0);
      this.byFirst.set(first, [...(this.byFirst.get(first) ?? []), key]);
    }
  }

  /** What can be told of the text so far. */
  take(text: string): string {
    const known = this.held + text;
    const all = hasRun(known, this.shortest) ? replaceKeys(known, this.keys) : known;
    const end = this.startOfBeginning(all);
    this.held = all.slice(end);
    return all.slice(0, end);
  }

  /** The text is over: what was held back is no key, but it may be most of one that was cut. */
  end(): string {
    const { held } = this;
    this.held = '';
    return held.length < tellingLength ? held : redactedMark;
  }

  /** Where the text's end begins that is the beginning of a key; the text's length when there is none. */
  private startOfBeginning(text: string): number {
    const from = Math.max(0, text.length - this.longest + 1);
    for (let at = startOfRun(text, text.length, from); at < text.length; at += 1) {
      const keys = this.byFirst.get(text.charCodeAt(at));
      if (keys === undefined) continue;
      const end = text.slice(at);
      if (keys.some((key) => key.length > end.length && key.startsWith(end))) return at;
    }
    return text.length;
  }
}

/**
 * Whether so many visible ASCII characters follow each other somewhere, as in a key and in few words. Looks at few characters
 * of ordinary text: where a word ends, none of those before it has to be looked at.
 */
function hasRun(text: string, length: number): boolean {
  for (let start = 0; start + length <= text.length;) {
    const runStart = startOfRun(text, start + length, start);
    if (runStart === start) return true;
    start = runStart;
  }
  return false;
}

/** Where the visible ASCII characters begin that end at `end`; not before `from`. */
function startOfRun(text: string, end: number, from: number): number {
  let start = end;
  while (start > from && isVisible(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function isVisible(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** Data that are shorter than this are searched like any text, in characters. */
const shortestMedium = 10_000;

/**
 * What is looked for in answers: of a call's secrets the keys, in every spelling. A word such as `ollama` is no key, and belongs
 * into answers.
 */
export function keysToHide(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets.filter(isKeyLike).flatMap((key) => [...formsOf(key)]))];
}

/** The value with every key in its texts hidden, at any depth; the value itself when there is none. */
export function hideKeys<Value>(value: Value, keys: readonly string[]): Value {
  return keys.length === 0 ? value : (withoutKeys(value, keys) as Value);
}

function withoutKeys(value: unknown, keys: readonly string[]): unknown {
  if (typeof value === 'string') return isMediumAsData(value) ? value : replaceKeys(value, keys);
  if (Array.isArray(value)) return value.map((item) => withoutKeys(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutKeys(item, keys)]));
}

/** A picture or a recording: nobody reads a key in so much base64. What has another character only begins like one. */
function isMediumAsData(text: string): boolean {
  return text.length > shortestMedium && /^data:[\w.+-]+\/[\w.+-]+;base64,[A-Za-z\d+/]+=*$/.test(text);
}

function replaceKeys(text: string, keys: readonly string[]): string {
  return keys.reduce((rest, key) => rest.replaceAll(key, redactedMark), text);
}
