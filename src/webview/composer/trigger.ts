/** What opens a list in the composer: files and symbols, sources of context, prompts. */
export type TriggerSign = '@' | '#' | '/';

/** A word that asks for a list, up to the cursor. */
export interface Trigger {
  readonly sign: TriggerSign;
  /** Where the sign stands, in UTF-16 units. */
  readonly start: number;
  /** Where the cursor stands. */
  readonly end: number;
  /** What follows the sign; no white space in it. */
  readonly query: string;
}

/** Longer words are no search; the host takes no more either. */
const longestQuery = 200;

/** East Asian input methods may give the full-width forms. */
const signs: Readonly<Record<string, TriggerSign>> = {
  '@': '@',
  '＠': '@',
  '#': '#',
  '＃': '#',
  '/': '/',
  '／': '/',
};

/**
 * What stands before the sign inside of an address, a package's version, a heading's `##` or a link's `#part`. Scripts
 * that set no space between words may have the sign right after a letter.
 */
const glued = /[\p{L}\p{N}_.%+\-@#/&=?:\\]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * The word before the cursor when it asks for a list, else null. `@` and `#` count at the start of a word, the slash as
 * the message's first character alone.
 */
export function findTrigger(text: string, cursor: number): Trigger | null {
  const from = Math.max(0, cursor - longestQuery - 1);
  const before = text.slice(from, cursor);
  const word = /\S*$/u.exec(before)?.[0] ?? '';
  const wordStart = cursor - word.length;
  if (wordStart === 0 && signs[word.charAt(0)] === '/') {
    const query = word.slice(1);
    return /[/／]/u.test(query) ? null : { sign: '/', start: 0, end: cursor, query };
  }
  for (let at = cursor - 1; at >= wordStart; at -= 1) {
    const sign = signs[text.charAt(at)];
    if (sign === undefined || sign === '/') continue;
    return beginsWord(text, at) ? { sign, start: at, end: cursor, query: text.slice(at + 1, cursor) } : null;
  }
  return null;
}

function beginsWord(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  return at === 0 || !glued.test(before) || unspaced.test(before);
}
