import { isBase64DataUrl } from '../../shared/text/isBase64DataUrl';
import { redactedMark } from './redact';
import { formsOf, isKeyLike, tellingLength } from './formsOf';

/** How many characters ASCII has. */
const asciiCodes = 128;

/** What a filter knows of its keys. */
interface KeyLookup {
  readonly shortest: number;
  readonly longest: number;
  /** The keys by the code of their first character, which is ASCII. An array, because it is read for each last character. */
  readonly byFirst: readonly (readonly string[] | undefined)[];
}

/** All requests with the same key share one lookup, because making it would delay the first delta. */
const lookups = new WeakMap<readonly string[], KeyLookup>();

function lookupOf(keys: readonly string[]): KeyLookup {
  let lookup = lookups.get(keys);
  if (lookup === undefined) {
    const lengths = keys.map(({ length }) => length);
    const byFirst = Array.from({ length: asciiCodes }, (): string[] | undefined => undefined);
    for (const key of keys) (byFirst[key.charCodeAt(0)] ??= []).push(key);
    lookup = { shortest: Math.min(...lengths), longest: Math.max(...lengths), byFirst };
    lookups.set(keys, lookup);
  }
  return lookup;
}

/**
 * Removes keys from streamed text, because a gateway may repeat the request in its answer, which is shown and stored. Only
 * whole keys are removed, because an answer may be about a part of one. Text that may be the start of a key is kept back
 * until more text comes.
 */
export class SecretFilter {
  private held = '';
  private readonly lookup: KeyLookup;

  /** @param keys The keys to remove (see `keysToHide`), of visible ASCII characters only. */
  constructor(private readonly keys: readonly string[]) {
    this.lookup = lookupOf(keys);
  }

  /** Adds text. Returns the text without keys, up to the first character that must be kept back. */
  take(text: string): string {
    const known = this.held + text;
    const all = hasRun(known, this.lookup.shortest) ? replaceKeys(known, this.keys) : known;
    const end = this.startOfBeginning(all);
    // The fast path: nearly all text ends with no part of a key.
    if (end === all.length) {
      this.held = '';
      return all;
    }
    this.held = all.slice(end);
    return all.slice(0, end);
  }

  /** Ends the text. Returns what was kept back, or `[redacted]` if that is long enough to be most of a truncated key. */
  end(): string {
    const { held } = this;
    this.held = '';
    return held.length < tellingLength ? held : redactedMark;
  }

  /** The index from which the end of the text is the start of a key; the length of the text if there is none. */
  private startOfBeginning(text: string): number {
    const from = Math.max(0, text.length - this.lookup.longest + 1);
    for (let at = startOfRun(text, text.length, from); at < text.length; at += 1) {
      const keys = this.lookup.byFirst[text.charCodeAt(at)];
      if (keys === undefined) continue;
      const end = text.slice(at);
      if (keys.some((key) => key.length > end.length && key.startsWith(end))) return at;
    }
    return text.length;
  }
}

/**
 * True if the text has `length` visible ASCII characters in a row, as keys have and few words do. Reads only some of the
 * characters of ordinary text: it starts at the end of each window and skips to the last white space in it.
 */
function hasRun(text: string, length: number): boolean {
  for (let start = 0; start + length <= text.length;) {
    const runStart = startOfRun(text, start + length, start);
    if (runStart === start) return true;
    start = runStart;
  }
  return false;
}

/** The start of the run of visible ASCII characters that ends at `end`; at least `from`. */
function startOfRun(text: string, end: number, from: number): number {
  let start = end;
  while (start > from && isVisible(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function isVisible(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** A shorter `data:` URL is searched for keys like any text; in characters. */
const shortestMedium = 10_000;

/** The result of the last call of `keysToHide`. Nearly all requests have the secrets of the request before. */
let latest: { readonly secrets: readonly string[]; readonly keys: readonly string[] } | undefined;

/** The keys among a call's secrets, in all forms, to be removed from answers. A word such as `ollama` is not a key. */
export function keysToHide(secrets: readonly string[]): readonly string[] {
  const isKnown =
    latest?.secrets.length === secrets.length && latest.secrets.every((one, at) => one === secrets[at]);
  if (latest === undefined || !isKnown) {
    const keys = [...new Set(secrets.filter(isKeyLike).flatMap((key) => [...formsOf(key)]))];
    latest = { secrets: [...secrets], keys };
  }
  return latest.keys;
}

/** A copy of a JSON value without any key in its strings, at any depth. Returns `value` itself if `keys` is empty. */
export function hideKeys<Value>(value: Value, keys: readonly string[]): Value {
  return keys.length === 0 ? value : (withoutKeys(value, keys) as Value);
}

function withoutKeys(value: unknown, keys: readonly string[]): unknown {
  if (typeof value === 'string') return isMediumAsData(value) ? value : replaceKeys(value, keys);
  if (Array.isArray(value)) return value.map((item) => withoutKeys(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutKeys(item, keys)]));
}

/** True for a large picture or recording as a `data:` URL, which is not searched for keys. */
function isMediumAsData(text: string): boolean {
  return text.length > shortestMedium && isBase64DataUrl(text, mediumHead);
}

const mediumHead = /^data:[\w.+-]{1,100}\/[\w.+-]{1,100};base64,/;

function replaceKeys(text: string, keys: readonly string[]): string {
  return keys.reduce(
    (rest, key) => (key.length > rest.length ? rest : rest.replaceAll(key, redactedMark)),
    text,
  );
}
