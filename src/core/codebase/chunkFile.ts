/** A part of a file: `text.slice(start, end)`. */
interface Chunk {
  /** In UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** A chunk has about this many lines, so that it holds a function or a few small ones. */
const usualLines = 50;
const fewestLines = 20;
const mostLines = 60;

/** The longest chunk in UTF-16 units: one with a line that is longer than this is cut inside the line. */
const longestChunk = 4_000;

/** Words that begin a declaration in common languages. The first words of a line are compared with them. */
const declarationWords: ReadonlySet<string> = new Set(
  (
    'function class def fn func fun interface type struct impl enum trait module namespace object protocol ' +
    'extension record sub proc procedure macro_rules package export public private protected static abstract ' +
    'async template union describe test section resource CREATE create defmodule defp defun defn data instance'
  ).split(' '),
);

/** What the choice of a boundary needs of one line. */
interface Line {
  readonly start: number;
  /** Columns of white space before the text; a tab counts as 4. */
  readonly indent: number;
  readonly isBlank: boolean;
  /** A comment, an attribute or a decorator, which belongs to the next line. */
  readonly isAttached: boolean;
  readonly declares: boolean;
  /** A closing bracket or `end`. */
  readonly closes: boolean;
}

/**
 * Cuts a file into chunks of about 50 lines. The chunks cover the file in order, without gaps. A chunk begins at a
 * declaration if possible, otherwise at the outermost indentation or after a blank line; this needs no parser, so it works for
 * each language. A chunk is at most 4,000 UTF-16 units long and never ends inside a surrogate pair.
 */
export function chunkFile(text: string): Chunk[] {
  const lines = readLines(text);
  const chunks: Chunk[] = [];
  let first = 0;
  let start = 0;
  while (start < text.length) {
    const next = nextBoundary(lines, first, start, text.length);
    const lineStart = next === undefined ? undefined : (lines[next]?.start ?? text.length);
    const end = lineStart ?? cutInsideLine(text, start);
    chunks.push({ start, end });
    start = end;
    while (first < lines.length && (lines[first + 1]?.start ?? text.length) <= start) first += 1;
  }
  return chunks;
}

/**
 * The line that begins the next chunk; the number of lines if the rest is one chunk; undefined if the line at `start` alone is
 * too long.
 *
 * @param first The line that contains `start`.
 */
function nextBoundary(
  lines: readonly Line[],
  first: number,
  start: number,
  length: number,
): number | undefined {
  let last = first;
  while (
    last < lines.length &&
    last - first < mostLines &&
    (lines[last + 1]?.start ?? length) - start <= longestChunk
  ) {
    last += 1;
  }
  if (last === lines.length) return last;
  if (last === first) return undefined;
  const earliest = Math.min(first + fewestLines, last);
  let best = last;
  let bestScore = -Infinity;
  for (let candidate = earliest; candidate <= last; candidate += 1) {
    const score = scoreOf(lines, candidate) - Math.abs(candidate - first - usualLines) / 10;
    if (score < bestScore) continue;
    best = candidate;
    bestScore = score;
  }
  return best;
}

/** How well a chunk may begin at a line. Higher is better. */
function scoreOf(lines: readonly Line[], at: number): number {
  const line = lines[at];
  const before = lines[at - 1];
  if (line === undefined || before === undefined) return 0;
  if (line.isBlank) return -8;
  let score = -Math.min(line.indent, 20) / 2;
  if (before.isBlank) score += 3;
  if (before.closes) score += 1;
  if (before.isAttached) score -= 8;
  if (line.closes) score -= 6;
  if (line.declares || (line.isAttached && declaresNext(lines, at))) score += 4;
  return score;
}

/** True if a declaration follows the comment that begins at a line. Looks at a few lines only. */
function declaresNext(lines: readonly Line[], at: number): boolean {
  const next = lines.slice(at, at + 12).find((line) => !line.isAttached);
  return next?.declares === true;
}

function readLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak === -1 ? text.length : lineBreak + 1;
    lines.push(readLine(text, start, end));
    start = end;
  }
  return lines;
}

function readLine(text: string, start: number, end: number): Line {
  let at = start;
  let indent = 0;
  for (; at < end; at += 1) {
    const character = text.charAt(at);
    if (character === ' ') indent += 1;
    else if (character === '\t') indent += 4;
    else break;
  }
  // Only the beginning tells what a line is.
  const head = text.slice(at, Math.min(end, at + 80)).trimEnd();
  return {
    start,
    indent,
    isBlank: head === '',
    isAttached: /^(?:\/\/|\/\*|\*|#|--|@|;|""")/.test(head),
    declares: head.split(/[^A-Za-z_]+/, 4).some((word) => declarationWords.has(word)),
    closes: /^(?:[)}\]]|end\b)/.test(head),
  };
}

function cutInsideLine(text: string, start: number): number {
  const end = start + longestChunk;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(end));
  return splitsPair ? end - 1 : end;
}
