import type { MarkdownIt, StateInline } from 'markdown-it';

type Delimiters = ReturnType<StateInline['scanDelims']>;

/** Chinese, Japanese and Korean letters, and punctuation of the same width. */
const eastAsian = String.raw`[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]`;
/** Quotation marks and dashes that Chinese shares with other languages. The letter beside them decides. */
const shared = '[‘’“”…—·]?';
const endsEastAsian = new RegExp(`${eastAsian}${shared}$`, 'u');
const beginsEastAsian = new RegExp(`^${shared}${eastAsian}`, 'u');

// Names in Python: `__init__.py`, `__len__()`.
const pythonName = /__[a-z]\w*__[.(]/y;
// A file pattern begins with stars and a slash; a bold path ends with the same stars.
const filePattern = /(\*+)\/(?![^*\n]{0,200}[^*\s/]\1(?!\*))(?=[^*\n]{0,200}[*\n]|[^*\n]{200})/y;
// Stars that are alone (`COUNT(*)`, `"*"`), follow a slash, or begin a comment.
const nothingWithin = /(?:[([{]\*+[)\]}]|(["'`“‘”’|:,/])\*+\1|\/\*+[./]|(?:^|[^\w)])\/\*+)/;

/**
 * Changes which `*`, `_` and `~~` begin and end emphasis.
 *
 * CommonMark decides by the spaces and the punctuation beside a marker. Chinese and Japanese text has no spaces between
 * words, so `**“word”**word` would stay raw. Beside an East Asian character, a marker therefore begins and ends
 * emphasis as it does inside a word (the rule of https://github.com/tats-u/markdown-cjk-friendly).
 *
 * Products, powers and file patterns (`2*3*4`, `x**2`, `COUNT(*)`) do not begin emphasis.
 */
export function addEmphasis(parser: MarkdownIt): void {
  parser.inline.State = class extends parser.inline.State {
    override scanDelims(start: number, canSplitWord: boolean): Delimiters {
      const { src } = this;
      const found = super.scanDelims(start, canSplitWord);
      const before = src.slice(Math.max(0, start - 3), start);
      const after = src.slice(start + found.length, Math.min(this.posMax, start + found.length + 3));
      const isBesideWords = /\S$/.test(before) && /^\S/.test(after);
      if (canSplitWord && isBesideWords && (endsEastAsian.test(before) || beginsEastAsian.test(after))) {
        found.can_open = true;
        found.can_close = true;
      }
      if (found.can_open && !mayOpen(src, start, found.length)) found.can_open = false;
      return found;
    }
  };
}

function mayOpen(src: string, start: number, length: number): boolean {
  if (src.charAt(start) === '_') return !matchesAt(pythonName, src, start);
  if (src.charAt(start) !== '*') return true;
  const before = src.charAt(start - 1);
  const after = src.slice(start + length, start + length + 2);
  if (matchesAt(filePattern, src, start) || (length === 1 && /^\.\w/.test(after))) return false;
  if (/[\w)\]]/.test(before)) {
    if (length === 1 && /^[\w([]/.test(after)) return false;
    // A power: the base is a number or a name of one letter.
    if (length === 2 && (/^(?:\d|\w\W)/.test(after) || (/\d/.test(before) && /^\w/.test(after))))
      return false;
  }
  return !nothingWithin.test(src.slice(Math.max(0, start - 2), start + length + 1));
}

function matchesAt(pattern: RegExp, src: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(src);
}
