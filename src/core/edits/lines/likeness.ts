/** Longer lines, in UTF-16 units, are alike only if they are the same. */
const longest = 1_000;

/** A line as it is compared: without indentation, and with any white space as one blank. */
export function plainLine(line: string): string {
  const text = line.trim();
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

const everywhere: ReadonlySet<string> = new Set(
  'else try finally do begin end then fi done break continue return pass'.split(' '),
);
const closers = ')]} ;,';
const openers = '([{ ;,:';

/** Whether a line says something of its own; brackets, `else` and blank lines are everywhere. */
export function isTelling(line: string): boolean {
  const plain = plainLine(line);
  let from = 0;
  let to = plain.length;
  while (from < to && closers.includes(plain[from] ?? '')) from++;
  while (to > from && openers.includes(plain[to - 1] ?? '')) to--;
  return from < to && !everywhere.has(plain.slice(from, to)) && /[\p{L}\p{N}]/u.test(plain);
}

/** The white space before a line's first character. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** How wide an indentation is, in columns; a tab reaches to the next fourth. */
export function indentWidth(line: string): number {
  let width = 0;
  for (const character of indentOf(line)) width = character === '\t' ? width - (width % 4) + 4 : width + 1;
  return width;
}

/** How deep the outermost of some lines is, in columns; Infinity when all are blank. */
export function outermostWidth(lines: readonly string[]): number {
  return Math.min(...lines.filter((line) => line.trim() !== '').map(indentWidth));
}

/** Whether a line begins with what closes a block. */
export function isClosing(line: string): boolean {
  return /^\s*(?:[)\]}]|end\b)/.test(line);
}

/** How much two lines have in common, from 0 to 1: Dice's coefficient over their words and signs. */
export function likeness(left: string, right: string): number {
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

/** The share of a block's telling lines that stand in a file too, from 0 to 1; 0 when the block has none. */
export function resemblance(block: readonly string[], file: readonly string[]): number {
  const known = new Set(file.map(plainLine));
  const telling = block.filter(isTelling);
  return telling.length === 0
    ? 0
    : telling.filter((line) => known.has(plainLine(line))).length / telling.length;
}

function tokensOf(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? [];
}
