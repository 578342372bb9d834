import type { LinePair } from './alignSegment';
import { declaredName } from './declaration';
import { indentOf, indentWidth, isClosing, outermostWidth, plainLine } from './plainLine';

/** One step of indentation: a tab, or a number of spaces. */
export type IndentUnit = '\t' | number;

/** The most frequent step of indentation in a text; undefined when nothing is indented. */
export function indentUnit(lines: readonly string[]): IndentUnit | undefined {
  const counts = new Map<IndentUnit, number>();
  let before = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const width = indentWidth(line);
    const unit = indentOf(line).startsWith('\t') ? '\t' : width - before;
    // A step of one space is the star of a block comment.
    if (unit === '\t' || (unit > 1 && unit <= 8)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
    before = width;
  }
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0];
}

/**
 * Converts the indentation of a segment to that of the file. The equal lines of both show the difference. If most of them have the
 * same indentation, nothing changes, because other differences are then intended. A line that differs from the file only in
 * white space at its end becomes the line of the file.
 */
export function adaptIndentation(
  segment: readonly string[],
  file: readonly string[],
  pairs: readonly LinePair[],
): readonly string[] {
  const filled = pairs.filter(({ same, segment: at }) => same && (segment[at] ?? '').trim() !== '');
  // Lines without indentation in both texts do not show how the others are indented.
  const inner = filled.filter(
    ({ segment: at, file: to }) => indentOf(segment[at] ?? '') + indentOf(file[to] ?? '') !== '',
  );
  const told = inner.length > 0 ? inner : filled;
  const agreeing = told.filter(
    ({ segment: at, file: to }) => indentOf(segment[at] ?? '') === indentOf(file[to] ?? ''),
  );
  const adapt = agreeing.length * 2 >= told.length ? undefined : findAdaptation(segment, file, told);
  const adapted =
    adapt === undefined ? segment : segment.map((line) => (line.trim() === '' ? line : adapt(line)));
  const twins = new Map(pairs.map(({ segment: at, file: to }) => [at, file[to] ?? '']));
  return adapted.map((line, index) => {
    const twin = twins.get(index);
    return twin?.trimEnd() === line.trimEnd() ? twin : line;
  });
}

/**
 * Restores the indentation of the first line if only this line has lost it, as happens when code is selected from the middle of
 * a line. The indentation comes from the line's counterpart in the file. A segment that lost the indentation of all lines stays.
 */
export function restoreFirstIndent(segment: readonly string[], file: readonly string[]): readonly string[] {
  const [first = '', ...others] = segment;
  const rest = others.filter((line) => line.trim() !== '');
  const next = rest[0] ?? '';
  if (indentOf(first) !== '' || indentOf(next) === '') return segment;
  const twins = twinsOf(first, file);
  const [twin] = twins;
  const indent = indentOf(file[twin ?? -1] ?? '');
  const depth = indentWidth(indent);
  if (depth === 0 || twins.some((at) => indentOf(file[at] ?? '') !== indent)) return segment;
  const opens = twins.some((at) => {
    const below = file.slice(at + 1).find((line) => line.trim() !== '');
    return below !== undefined && indentWidth(below) > depth;
  });
  // A deeper line below a line that opens no body shows that the indentation was lost, as does a closing line.
  const isLost = !opens || indentWidth(next) > depth || isClosing(next);
  const after = rest.map(indentWidth).find((width) => width <= depth) ?? depth;
  return isLost && (!opens || after === depth) ? [indent + first, ...others] : segment;
}

/** The lines of the file that equal a line; if there are none, those that declare the same name. */
function twinsOf(line: string, file: readonly string[]): readonly number[] {
  const plain = plainLine(line);
  const same = file.flatMap((other, at) => (plainLine(other) === plain ? [at] : []));
  const name = declaredName(line);
  return same.length > 0 || name === undefined
    ? same
    : file.flatMap((other, at) => (declaredName(other) === name ? [at] : []));
}

/** Moves code to another depth: its outermost lines get `indent`, the others keep their distance, converted to `unit`. */
export function reindent(
  lines: readonly string[],
  indent: string,
  unit: IndentUnit | undefined,
): readonly string[] {
  const depth = outermostWidth(lines);
  if (!Number.isFinite(depth)) return lines;
  const own = indentUnit(lines);
  return lines.map((line) => {
    if (line.trim() === '') return '';
    const inner = indentWidth(line) - depth;
    return indent + renderIndent(inner, own, unit) + line.trimStart();
  });
}

/** Renders a width in another unit. Spaces beyond whole steps stay spaces, because they align text. */
function renderIndent(width: number, from: IndentUnit | undefined, to: IndentUnit | undefined): string {
  const step = from === '\t' ? 4 : (from ?? 4);
  if (to === undefined || from === undefined || to === from) {
    return from === '\t' ? '\t'.repeat(Math.floor(width / 4)) + ' '.repeat(width % 4) : ' '.repeat(width);
  }
  const steps = Math.floor(width / step);
  return (to === '\t' ? '\t'.repeat(steps) : ' '.repeat(steps * to)) + ' '.repeat(width % step);
}

function findAdaptation(
  segment: readonly string[],
  file: readonly string[],
  pairs: readonly LinePair[],
): ((line: string) => string) | undefined {
  const from = indentUnit(segment);
  const to = indentUnit(file) ?? from;
  const [first] = pairs;
  if (first === undefined) return undefined;
  const [prefix] = prefixes(segment, file, pairs);
  if (prefix !== undefined) return (line) => prefix + line;
  const stepFrom = from === '\t' || from === undefined ? 4 : from;
  const stepTo = to === '\t' || to === undefined ? 4 : to;
  const levelIn = (line: string, step: number): number => Math.floor(indentWidth(line) / step);
  const shift = levelIn(file[first.file] ?? '', stepTo) - levelIn(segment[first.segment] ?? '', stepFrom);
  return (line) => {
    const level = Math.max(0, levelIn(line, stepFrom) + shift);
    const rest = indentWidth(line) % stepFrom;
    return (
      (to === '\t' ? '\t'.repeat(level) : ' '.repeat(level * stepTo)) + ' '.repeat(rest) + line.trimStart()
    );
  };
}

/** The white space that the file has in addition before most lines of the segment; an empty list when it differs. */
function prefixes(
  segment: readonly string[],
  file: readonly string[],
  pairs: readonly LinePair[],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { segment: at, file: to } of pairs) {
    const inner = indentOf(segment[at] ?? '');
    const whole = indentOf(file[to] ?? '');
    if (whole.endsWith(inner) && whole !== inner) {
      const prefix = whole.slice(0, whole.length - inner.length);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort((left, right) => right[1] - left[1]);
  return most !== undefined && most[1] * 3 >= pairs.length * 2 ? [most[0]] : [];
}
