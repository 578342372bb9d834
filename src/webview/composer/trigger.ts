/** The signs that open a list in the composer: files and symbols, context sources, prompts. */
type TriggerSign = '@' | '#' | '/';

/** A word that opens a list, up to the cursor. */
export interface Trigger {
  readonly sign: TriggerSign;
  /** The position of the sign, in UTF-16 units. */
  readonly start: number;
  /** The position of the cursor. */
  readonly end: number;
  /** The text after the sign, without white space. */
  readonly query: string;
}

/** The longest word that is a query. The host accepts no more either. */
const longestQuery = 200;

/** East Asian input methods may produce the full-width forms. */
const signs: Readonly<Record<string, TriggerSign>> = {
  '@': '@',
  '＠': '@',
  '#': '#',
  '＃': '#',
  '/': '/',
  '／': '/',
};

/**
 * Text before a sign that is not a trigger: in an address, a package version, a heading `##` or a link's `#part`. In
 * scripts without spaces between words, the sign may follow a letter.
 */
const glued = /[\p{L}\p{N}_.%+\-@#/&=?:\\]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * The word before the cursor if it opens a list; otherwise null. `@` and `#` count at the start of a word, `/` only as
 * the first character of the message.
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
