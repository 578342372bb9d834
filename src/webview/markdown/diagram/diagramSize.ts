/**
 * How much work a diagram is. A small one is drawn automatically. A large one would block the panel for seconds and is
 * drawn when the user asks for it. A diagram that could block the panel for minutes stays source.
 */
type DiagramSize = 'small' | 'large' | 'too large';

/** In characters, lines, and characters per line. */
const longest = 20_000;
const mostLinesWithBlank = 1_000;
const longestLine = 1_000;
/** Limits of lines, names, and different names. The time for layout grows faster than these numbers. */
const small = { lines: 100, names: 400, different: 70 };
const large = { lines: 250, names: 1_500, different: 250 };

/**
 * Kinds of diagrams that a few words can make endless: the pattern of the costly part, and its limit. Quoted words do
 * not count.
 */
const greedy: readonly {
  readonly sort: RegExp;
  readonly isTooMuch: (lines: readonly string[]) => boolean;
}[] = [
  // Each bit is drawn.
  {
    sort: /^packet(?:-beta)?\b/,
    isTooMuch: (lines) => largest(lines, /^(?:\+[ \t]*|\d+[ \t]*-[ \t]*)?(\d+)[ \t]*:/g) > 2_000,
  },
  // Each column is a place, and each nested block doubles the time.
  {
    sort: /^block(?:-beta)?$/,
    isTooMuch: (lines) =>
      largest(lines, /(?:\bcolumns[ \t]+|:)(\d+)/g) > 200 || countLines(lines, /^block\b/) > 10,
  },
  // All sets are laid over each other.
  { sort: /^venn-beta\b/, isTooMuch: (lines) => countLines(lines, /^set\b/) > 12 },
  // If some days are excluded, each day of each task is visited.
  {
    sort: /^gantt\b/,
    isTooMuch: (lines) =>
      largest(lines, duration) >= 10_000 ||
      (countLines(lines, /^excludes\b/) > 0 && lines.reduce((sum, line) => sum + daysOf(line), 0) > 20_000),
  },
];

const duration = /(?<![\d.-])(\d+)[ \t]*(?:ms|[smhdwMy])\b/g;
/** In these kinds, each line is one part, whatever its words are. */
const isByLine = /^(?:mindmap|timeline|journey|kanban|gantt|quadrantChart|pie|gitGraph|treemap|ishikawa)/;
/** The name of a part. A long name costs no more than a short one. */
const label = /"[^"]*"|\[[^\][]*\]|\([^()]*\)|\{[^{}]*\}|\|[^|]*\||(?<=[ \t]|\w):[ \t].*/g;

/** Estimates how long a diagram takes to draw. Linear: each line is read by itself, without the spaces around it. */
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
 * The source without blank lines and trailing spaces, which Mermaid reads several times. Indentation stays, because it
 * has a meaning in some diagrams.
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

/** The number of days of a gantt task: its duration, or the days between the years that it names. */
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

/** The largest number that a pattern finds in the lines. */
function largest(lines: readonly string[], pattern: RegExp): number {
  const numbers = lines.flatMap((line) => Array.from(line.matchAll(pattern), ([, digits]) => Number(digits)));
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function countLines(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length;
}
