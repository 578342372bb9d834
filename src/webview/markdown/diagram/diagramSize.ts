/**
 * How much work a diagram is. A small one is drawn by itself; a large one would hold up the panel for seconds, and is drawn
 * when the user asks for it; one that is too large might hold it up for minutes, and stays source.
 */
export type DiagramSize = 'small' | 'large' | 'too large';

/** In characters, lines and characters of a line. */
const longest = 20_000;
const mostLinesWithBlank = 1_000;
const longestLine = 1_000;
/** Lines, names, and different names: laying out takes longer than these grow. */
const small = { lines: 100, names: 400, different: 70 };
const large = { lines: 250, names: 1_500, different: 250 };

/** Sorts of diagrams that a few words can make endless: what in them does it, and from where on. Quoted words do not count. */
const greedy: readonly {
  readonly sort: RegExp;
  readonly isTooMuch: (lines: readonly string[]) => boolean;
}[] = [
  // Each bit is drawn.
  {
    sort: /^packet(?:-beta)?\b/,
    isTooMuch: (lines) => largest(lines, /^(?:\+[ \t]*|\d+[ \t]*-[ \t]*)?(\d+)[ \t]*:/g) > 2_000,
  },
  // Each column is a place, and each block in a block doubles the time.
  {
    sort: /^block(?:-beta)?$/,
    isTooMuch: (lines) =>
      largest(lines, /(?:\bcolumns[ \t]+|:)(\d+)/g) > 200 || countLines(lines, /^block\b/) > 10,
  },
  // All are laid over each other.
  { sort: /^venn-beta\b/, isTooMuch: (lines) => countLines(lines, /^set\b/) > 12 },
  // Each day of each task is looked at, when some days do not count.
  {
    sort: /^gantt\b/,
    isTooMuch: (lines) =>
      largest(lines, duration) >= 10_000 ||
      (countLines(lines, /^excludes\b/) > 0 && lines.reduce((sum, line) => sum + daysOf(line), 0) > 20_000),
  },
];

const duration = /(?<![\d.-])(\d+)[ \t]*(?:ms|[smhdwMy])\b/g;
/** In these each line is one part, whatever its words are. */
const isByLine = /^(?:mindmap|timeline|journey|kanban|gantt|quadrantChart|pie|gitGraph|treemap|ishikawa)/;
/** What a part is called; it costs no more for being long. */
const label = /"[^"]*"|\[[^\][]*\]|\([^()]*\)|\{[^{}]*\}|\|[^|]*\||(?<=[ \t]|\w):[ \t].*/g;

/**
 * Estimates how long a diagram takes to draw. Each line is looked at on its own, without the spaces around it, so that what this
 * takes grows with the length and no faster.
 */
export function diagramSize(source: string): DiagramSize {
  if (source.length > longest) return 'too large';
  const all = source.split('\n');
  const lines = all.map((line) => line.trim()).filter((line) => line !== '');
  if (all.length > mostLinesWithBlank || all.some((line) => line.length > longestLine)) return 'too large';
  const unquoted = lines.map((line) => line.replaceAll(/"[^"]*"/g, '""'));
  if (greedy.some(({ sort, isTooMuch }) => lines.some((line) => sort.test(line)) && isTooMuch(unquoted)))
    return 'too large';
  const names = namesOf(lines);
  const size = { lines: lines.length, names: names.length, different: new Set(names).size };
  if (fits(size, small)) return 'small';
  return fits(size, large) ? 'large' : 'too large';
}

/**
 * The source without what says nothing: Mermaid looks at lines of spaces and at blank lines more than once each.
 * Indentation stays; in some diagrams it has a meaning.
 */
export function withoutBlankLines(source: string): string {
  const lines = source.split('\n').map((line) => line.trimEnd());
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n');
}

function fits(size: typeof small, limits: typeof small): boolean {
  return size.lines <= limits.lines && size.names <= limits.names && size.different <= limits.different;
}

function namesOf(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => isByLine.test(line))) return lines.flatMap((line) => line.split(/ : /));
  return lines.flatMap((line) => line.replaceAll(label, ' ').match(/[\p{L}\p{N}_]+/gu) ?? []);
}

/** The days of a gantt chart's task: as many as it takes, or those between the years that it names. */
function daysOf(line: string): number {
  const years = Array.from(line.matchAll(/(?<!\d)\d{4}(?=-)/g), ([year]) => Number(year));
  const between = years.length < 2 ? 0 : (Math.max(...years) - Math.min(...years)) * 366;
  const scales: Readonly<Record<string, number>> = { d: 1, w: 7, M: 30, y: 366 };
  const taken = Array.from(
    line.matchAll(/(?<![\d.-])(\d+)[ \t]*([dwMy])\b/g),
    ([, count, unit = '']) => Number(count) * (scales[unit] ?? 0),
  );
  return Math.max(between, ...taken);
}

/** The largest of the numbers that a pattern finds in the lines. */
function largest(lines: readonly string[], pattern: RegExp): number {
  const numbers = lines.flatMap((line) => Array.from(line.matchAll(pattern), ([, digits]) => Number(digits)));
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function countLines(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length;
}
