/** In characters, lines and characters of a line: beyond these, laying a diagram out takes seconds in which the panel stands still. */
const longest = 20_000;
const mostLines = 250;
const longestLine = 1_000;

/** Sorts of diagrams that a few words can make endless: what in them does it, and from where on. Quoted words do not count. */
const greedy: readonly { readonly sort: RegExp; readonly isTooMuch: (source: string) => boolean }[] = [
  // Each bit is drawn.
  {
    sort: /^\s*packet(?:-beta)?\b/m,
    isTooMuch: (source) => largest(source, /^\s*(?:\+|(?:\d+\s*-)?)\s*(\d+)\s*:/gm) > 2_000,
  },
  // Each column is a place, and each block in a block doubles the time.
  {
    sort: /^\s*block(?:-beta)?\s*$/m,
    isTooMuch: (source) =>
      largest(source, /(?:\bcolumns\s+|:)(\d+)/g) > 200 || countLines(source, /^\s*block\b/) > 10,
  },
  // All are laid over each other.
  { sort: /^\s*venn-beta\b/m, isTooMuch: (source) => countLines(source, /^\s*set\b/) > 12 },
  // Each day of a task is looked at.
  {
    sort: /^\s*gantt\b/m,
    isTooMuch: (source) => largest(source, /(?<![\d.-])(\d+)\s*(?:ms|[smhdwMy])\b/g) >= 10_000,
  },
];

/** Whether a diagram would take so long to draw that it should stay source. Real ones are far from it. */
export function isTooLarge(source: string): boolean {
  const unquoted = source.replaceAll(/"[^"\n]*"/g, '""');
  const lines = source.split('\n').filter((line) => line.trim() !== '');
  return (
    source.length > longest ||
    lines.length > mostLines ||
    lines.some((line) => line.length > longestLine) ||
    greedy.some(({ sort, isTooMuch }) => sort.test(source) && isTooMuch(unquoted))
  );
}

/** The largest of the numbers that a pattern finds. */
function largest(source: string, pattern: RegExp): number {
  return Math.max(0, ...Array.from(source.matchAll(pattern), ([, digits]) => Number(digits)));
}

function countLines(source: string, pattern: RegExp): number {
  return source.split('\n').filter((line) => pattern.test(line)).length;
}
