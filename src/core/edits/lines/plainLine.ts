/** Longest line that is compared word by word, in UTF-16 units. */
const longest = 1_000;

/** A line in the form in which lines are compared: trimmed, with each run of white space as one space. */
export function plainLine(line: string): string {
  const text = line.trim();
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

const everywhere: ReadonlySet<string> = new Set(
  'else try finally do begin end then fi done break continue return pass'.split(' '),
);
const closers = ')]} ;,';
const openers = '([{ ;,:';

/** True for a telling line: one that helps to find its place. Brackets, `else` and blank lines occur everywhere. */
export function isTelling(line: string): boolean {
  const plain = plainLine(line);
  let from = 0;
  let to = plain.length;
  while (from < to && closers.includes(plain[from] ?? '')) from++;
  while (to > from && openers.includes(plain[to - 1] ?? '')) to--;
  return from < to && !everywhere.has(plain.slice(from, to)) && /[\p{L}\p{N}]/u.test(plain);
}

/** The spaces and tabs at the beginning of a line. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The width of a line's indentation in columns, with tab stops every four columns. */
export function indentWidth(line: string): number {
  let width = 0;
  for (const character of indentOf(line)) width = character === '\t' ? width - (width % 4) + 4 : width + 1;
  return width;
}

/** The least indentation of the lines that are not blank, in columns; Infinity when all are blank. */
export function outermostWidth(lines: readonly string[]): number {
  return Math.min(...lines.filter((line) => line.trim() !== '').map(indentWidth));
}

/** True for a line that begins with a closing bracket or `end`. */
export function isClosing(line: string): boolean {
  return /^\s*(?:[)\]}]|end\b)/.test(line);
}

/** How similar two lines are, from 0 to 1: Dice's coefficient of their words and punctuation. */
export function measureSimilarity(left: string, right: string): number {
  if (left.length > longest || right.length > longest) return left === right ? 1 : 0;
  const words = tokensOf(left);
  const others = tokensOf(right);
  if (words.length === 0 || others.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of others) {
    const count = counts.get(word) ?? 0;
    if (count > 0) {
      shared++;
      counts.set(word, count - 1);
    }
  }
  return (2 * shared) / (words.length + others.length);
}

/** The share of a block's telling lines that a file has too, from 0 to 1; 0 when the block has no telling line. */
export function measureOverlap(block: readonly string[], file: readonly string[]): number {
  const known = new Set(file.map(plainLine));
  const telling = block.filter(isTelling);
  return telling.length === 0
    ? 0
    : telling.filter((line) => known.has(plainLine(line))).length / telling.length;
}

function tokensOf(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? [];
}
