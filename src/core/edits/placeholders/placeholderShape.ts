import { commentText } from '../lines/commentText';
import {
  codeWords,
  comparingWords,
  joinedCodeWords,
  joinedKeepingWords,
  joinedLinkingWords,
  keepingWords,
  linkingWords,
} from './keepingWords';

/**
 * How likely a line of a code block stands for code that is left out, by its shape alone:
 * `certain`: dots and nothing of its own (`// ...`, `# ... existing code ...`, `(rest of methods ...)`);
 * `likely`: a comment made only of words for what stays (`// rest of the code`, `// 其余代码保持不变`);
 * `comparing`: one made only of words that compare (`// same as before`);
 * `doubtful`: such a word with one more (`// other routes`), or dots with words (`// ... validation`);
 * `ordinary`: anything else. Position decides the rest: where nothing is left out, only `certain` ones are placeholders.
 */
type PlaceholderShape = 'certain' | 'likely' | 'comparing' | 'doubtful' | 'ordinary';

/** Longer lines, in UTF-16 units, are no placeholders. */
const longest = 240;

const dots = String.raw`(?:\.{2,}|…+|⋯+|⋮+|。{2,}|·{3,}|(?:\. ){2,}\.)`;
const leadingDots = new RegExp(`^${dots}`, 'u');
const trailingDots = /(?<![.…⋯⋮。·])(?:\.{2,}|…+|⋯+|⋮+|。{2,}|·{3,})$|\. \. \.$/u;
const onlyDots = /^(?:[.…⋯⋮。·]|\.\s(?=\.))+$/u;
const brackets: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['（', '）'],
  ['【', '】'],
  ['《', '》'],
]);

/** How likely a line is a placeholder, judged by its own text. */
export function placeholderShape(line: string): PlaceholderShape {
  if (line.length > longest) return 'ordinary';
  const text = line.trim();
  if (text === '') return 'ordinary';
  const comment = commentText(text);
  if (comment !== undefined) return shapeOf(withoutDecoration(comment), true);
  if (isDots(text)) return 'certain';
  const inner = withoutBrackets(text.replace(/[,;]$/, ''));
  if (inner !== text && isDots(inner)) return 'certain';
  // Words outside of a comment are code or prose, unless they are in brackets or next to dots.
  const hasDots = leadingDots.test(inner) || trailingDots.test(inner);
  if (inner === text && !(leadingDots.test(text) && /^\S{1,3}\s*\p{L}/u.test(text))) return 'ordinary';
  if (/["'`=;(){}]/.test(inner)) return 'ordinary';
  const shape = shapeOf(inner, false);
  if (hasDots && shape === 'likely') return 'certain';
  return inner === text && shape === 'doubtful' ? 'ordinary' : shape;
}

/** True when a line is certainly a placeholder. */
export function isCertainPlaceholder(line: string): boolean {
  return placeholderShape(line) === 'certain';
}

function isDots(text: string): boolean {
  return (
    text.length > 0 && onlyDots.test(text) && (text.length > 1 || /[…⋯⋮]/.test(text)) && !/^\.{2}$/.test(text)
  );
}

function shapeOf(text: string, isComment: boolean): PlaceholderShape {
  if (isDots(text)) return 'certain';
  const inner = withoutBrackets(text);
  if (inner !== text && isDots(inner)) return 'certain';
  const before = leadingDots.test(inner);
  const after = trailingDots.test(inner);
  const { keeping, comparing, strange, first, total } = countWords(inner);
  if (total === 0) return 'ordinary';
  if (before && after) return strange <= 4 ? 'certain' : 'doubtful';
  if (keeping > 0 && strange === 0) return keeping > comparing || before || after ? 'likely' : 'comparing';
  // Comparing words together with other words are an explanation.
  if (keeping > comparing && strange === 1 && total <= 3 && (first || before || after)) return 'doubtful';
  if (before && isComment && keeping > 0 && strange <= 2) return 'doubtful';
  return before && isComment && total <= 2 ? 'doubtful' : 'ordinary';
}

/** Removes the characters that frame a heading: `----- existing code -----`, `=== rest ===`. */
function withoutDecoration(text: string): string {
  const signs = '-=*~#_+<>|/ \t';
  let from = 0;
  let to = text.length;
  while (from < to && signs.includes(text[from] ?? '')) from++;
  while (to > from && signs.includes(text[to - 1] ?? '')) to--;
  return text.slice(from, to).replace(/[.。!！:：]$/u, (sign) => (text[to - 2] === sign ? sign : ''));
}

function withoutBrackets(text: string): string {
  const close = brackets.get(text[0] ?? '');
  return close !== undefined && text.length > 2 && text.endsWith(close)
    ? withoutDecoration(text.slice(1, -1))
    : text;
}

interface WordCounts {
  /** Keeping words. */
  readonly keeping: number;
  /** Keeping words that compare. */
  readonly comparing: number;
  /** Words that are in none of the lists. */
  readonly strange: number;
  /** True when the first counted word is a keeping word. */
  readonly first: boolean;
  /** All words except linking words. */
  readonly total: number;
}

function countWords(text: string): WordCounts {
  let keeping = 0;
  let comparing = 0;
  let strange = 0;
  let total = 0;
  let first: boolean | undefined;
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}_'’-]+/gu)) {
    const counts = isJoinedScript(word) ? countJoined(word) : countWord(word);
    keeping += counts.keeping;
    comparing += counts.comparing;
    strange += counts.strange;
    total += counts.keeping + counts.strange + counts.code;
    if (counts.keeping + counts.strange + counts.code > 0) first ??= counts.keeping > 0;
  }
  return { keeping, comparing, strange, first: first === true, total };
}

interface Counts {
  readonly keeping: number;
  readonly comparing: number;
  readonly code: number;
  readonly strange: number;
}

const keepingSet = wordSet(keepingWords);
const comparingSet = wordSet(comparingWords);
const codeSet = wordSet(codeWords);
const linkingSet = wordSet(linkingWords);

function countWord(word: string): Counts {
  if (keepingSet(word)) return { keeping: 1, comparing: comparingSet(word) ? 1 : 0, code: 0, strange: 0 };
  if (linkingSet(word) || word.length <= 2) return { keeping: 0, comparing: 0, code: 0, strange: 0 };
  if (codeSet(word)) return { keeping: 0, comparing: 0, code: 1, strange: 0 };
  return { keeping: 0, comparing: 0, code: 0, strange: 1 };
}

function wordSet(words: readonly string[]): (word: string) => boolean {
  const whole = new Set(words.filter((word) => !word.endsWith('*')));
  const stems = words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1));
  return (word) => whole.has(word) || stems.some((stem) => word.startsWith(stem));
}

function isJoinedScript(word: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word);
}

/** Counts the known words in a text without spaces. The remaining characters count as strange words. */
function countJoined(text: string): Counts {
  let rest = text;
  let keeping = 0;
  let comparing = 0;
  let code = 0;
  const take = (words: readonly string[], found: (word: string) => void): void => {
    for (const word of words)
      if (rest.includes(word)) {
        rest = rest.replaceAll(word, ' ');
        found(word);
      }
  };
  take(joinedKeepingWords, (word) => {
    keeping++;
    if (comparingSet(word)) comparing++;
  });
  take(joinedCodeWords, () => code++);
  take(joinedLinkingWords, () => undefined);
  const left = rest.replaceAll(' ', '').length;
  return { keeping, comparing, code, strange: left === 0 ? 0 : left <= 2 ? 1 : Math.ceil(left / 2) };
}
