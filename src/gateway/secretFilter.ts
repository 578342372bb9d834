import { redactedMark } from './redact';
import { formsOf, isKeyLike, tellingLength } from './secretForms';

/**
 * Takes a key out of text that streams: a gateway may put what it was sent into an answer, which goes to the panel and to disk.
 * Only as a whole, for a piece of it may be what the answer is about. What may be the beginning of the key is held back until
 * more comes.
 */
export class SecretFilter {
  private held = '';

  /** @param keys What to take out, see `keysToHide`. */
  constructor(private readonly keys: readonly string[]) {}

  /** What can be told of the text so far. */
  take(text: string): string {
    const all = replaceKeys(this.held + text, this.keys);
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
    let first = text.length;
    for (const key of this.keys) {
      let at = text.indexOf(key.charAt(0), Math.max(0, text.length - key.length + 1));
      while (at !== -1 && !key.startsWith(text.slice(at))) at = text.indexOf(key.charAt(0), at + 1);
      if (at !== -1) first = Math.min(first, at);
    }
    return first;
  }
}

/**
 * What is looked for in answers: of a call's secrets the keys, in every spelling. A word such as `ollama` is no key, and belongs
 * into answers.
 */
export function keysToHide(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets.filter(isKeyLike).flatMap((key) => [...formsOf(key)]))];
}

/** The value with every key in its texts hidden, at any depth; the value itself when there is none. Media as data are left alone. */
export function hideKeys<Value>(value: Value, keys: readonly string[]): Value {
  return keys.length === 0 ? value : (withoutKeys(value, keys) as Value);
}

function withoutKeys(value: unknown, keys: readonly string[]): unknown {
  if (typeof value === 'string') return value.startsWith('data:') ? value : replaceKeys(value, keys);
  if (Array.isArray(value)) return value.map((item) => withoutKeys(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutKeys(item, keys)]));
}

function replaceKeys(text: string, keys: readonly string[]): string {
  return keys.reduce((rest, key) => rest.replaceAll(key, redactedMark), text);
}
