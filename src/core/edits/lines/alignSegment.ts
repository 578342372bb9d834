import { indentWidth, isTelling, measureSimilarity, plainLine } from './plainLine';

/** A line of a segment and its counterpart in the file, counted from 0. In a list of pairs both numbers rise. */
export interface LinePair {
  readonly segment: number;
  readonly file: number;
  /** False when the lines are only similar. */
  readonly same: boolean;
}

/** The best alignment of a segment with a part of the file. */
export interface Alignment {
  readonly pairs: readonly LinePair[];
  /** The weight of the paired lines minus the costs of the lines between them. */
  readonly score: number;
  /** The score of the best alignment that begins elsewhere; 0 when there is none. */
  readonly rival: number;
  /** The lines of that alignment in the file, the end not included. */
  readonly rivalRange: readonly [start: number, end: number];
}

/** The most cells (lines of the segment times lines of the file) that are computed: a few tenths of a second. */
const maxCells = 2_500_000;
/** Costs. Skipping lines of the file costs more than new lines, because lines that the segment does not mention should stay. */
const openGap = 0.3;
const widenGap = 0.03;
const newLine = 0.02;
/** The least similarity of a changed line to its earlier form. */
const alike = 0.6;

const fromStart = 1;
const fromGap = 2;
const fromNewLine = 4;
const gapWidened = 8;

/**
 * Aligns a whole segment with any part of the file between the lines `low` and `high` (not included). Telling lines weigh more than
 * brackets, and equal lines more than similar ones. This is a semi-global alignment with affine gap costs (Gotoh's algorithm):
 * O(rows · columns) time; one byte per cell records the step.
 *
 * @returns Undefined when no line has a counterpart, or when the texts are too large.
 */
export function alignSegment(
  segment: readonly string[],
  file: readonly string[],
  low: number,
  high: number,
): Alignment | undefined {
  const width = high - low;
  const rows = segment.length;
  if (width <= 0 || rows === 0 || rows * width > maxCells) return undefined;
  const weigh = lineWeights(segment, file, low, high);
  const steps = new Uint8Array((rows + 1) * (width + 1));
  let above = emptyRow(width);
  let current = emptyRow(width);
  const ends = new Float64Array(width + 1);
  const endRows = new Int32Array(width + 1);
  const endStarts = new Int32Array(width + 1).fill(-1);
  for (let row = 1; row <= rows; row++) {
    clearRow(current);
    for (let column = 1; column <= width; column++) {
      const cell = row * (width + 1) + column;
      let step = 0;
      const weight = weigh(row - 1, column - 1);
      let best = -Infinity;
      let start = -1;
      if (weight > 0) {
        const fresh = -newLine * (row - 1);
        const going = above.best[column - 1] ?? -Infinity;
        const isFresh = fresh >= going;
        best = weight + (isFresh ? fresh : going);
        start = isFresh ? column - 1 : (above.start[column - 1] ?? -1);
        if (isFresh) step |= fromStart;
        const ended = best - newLine * (rows - row);
        if (ended > (ends[column] ?? 0)) {
          ends[column] = ended;
          endRows[column] = row;
          endStarts[column] = start;
        }
      }
      const skipped = (above.best[column] ?? -Infinity) - newLine;
      if (skipped > best) {
        best = skipped;
        start = above.start[column] ?? -1;
        step = (step & ~fromGap) | fromNewLine;
      }
      const opened = (current.best[column - 1] ?? -Infinity) - openGap - widenGap;
      const widened = (current.gap[column - 1] ?? -Infinity) - widenGap;
      const gap = Math.max(opened, widened);
      current.gap[column] = gap;
      current.gapStart[column] =
        (widened > opened ? current.gapStart[column - 1] : current.start[column - 1]) ?? -1;
      if (widened > opened) step |= gapWidened;
      if (gap > best) {
        best = gap;
        start = current.gapStart[column] ?? -1;
        step = (step & ~fromNewLine) | fromGap;
      }
      current.best[column] = best;
      current.start[column] = start;
      steps[cell] = step;
    }
    [above, current] = [current, above];
  }
  return readAlignment({ segment, file, low, width, steps, ends, endRows, endStarts });
}

interface Row {
  readonly best: Float64Array;
  readonly start: Int32Array;
  readonly gap: Float64Array;
  readonly gapStart: Int32Array;
}

function emptyRow(width: number): Row {
  return {
    best: new Float64Array(width + 1).fill(-Infinity),
    start: new Int32Array(width + 1).fill(-1),
    gap: new Float64Array(width + 1).fill(-Infinity),
    gapStart: new Int32Array(width + 1).fill(-1),
  };
}

function clearRow({ best, start, gap, gapStart }: Row): void {
  best.fill(-Infinity);
  start.fill(-1);
  gap.fill(-Infinity);
  gapStart.fill(-1);
}

interface Computed {
  readonly segment: readonly string[];
  readonly file: readonly string[];
  readonly low: number;
  readonly width: number;
  readonly steps: Uint8Array;
  readonly ends: Float64Array;
  readonly endRows: Int32Array;
  readonly endStarts: Int32Array;
}

function readAlignment(computed: Computed): Alignment | undefined {
  const { low, ends, endRows, endStarts } = computed;
  let best = 0;
  for (const [column, score] of ends.entries()) if (score > (ends[best] ?? 0) && column > 0) best = column;
  if (best === 0) return undefined;
  let rival = 0;
  for (const [column, score] of ends.entries())
    if (score > (ends[rival] ?? 0) && endStarts[column] !== endStarts[best]) rival = column;
  return {
    pairs: readPairs(computed, endRows[best] ?? 0, best),
    score: ends[best] ?? 0,
    rival: rival === 0 ? 0 : (ends[rival] ?? 0),
    rivalRange: [low + (endStarts[rival] ?? 0), low + rival],
  };
}

/** Traces the steps back from the last pair, at `row` and `column` (both counted from 1). */
function readPairs(computed: Computed, row: number, column: number): readonly LinePair[] {
  const { segment, file, low, width, steps } = computed;
  const pairs: LinePair[] = [];
  let at: 'pair' | 'any' | 'gap' = 'pair';
  while (row > 0 && column > 0) {
    const step: number = steps[row * (width + 1) + column] ?? 0;
    if (at === 'gap') {
      at = (step & gapWidened) === 0 ? 'any' : 'gap';
      column--;
    } else if (at === 'any' && (step & fromNewLine) !== 0) row--;
    else if (at === 'any' && (step & fromGap) !== 0) at = 'gap';
    else {
      const fileLine = low + column - 1;
      const same = plainLine(segment[row - 1] ?? '') === plainLine(file[fileLine] ?? '');
      pairs.push({ segment: row - 1, file: fileLine, same });
      if ((step & fromStart) !== 0) break;
      row--;
      column--;
      at = 'any';
    }
  }
  return pairs.reverse();
}

/** Returns the weight of a pair of lines; 0 for lines that are not similar. */
function lineWeights(
  segment: readonly string[],
  file: readonly string[],
  low: number,
  high: number,
): (row: number, column: number) => number {
  const rows = segment.map(describeLine);
  const columns = file.slice(low, high).map(describeLine);
  const shift = commonShift(rows, columns);
  const known = new Map<string, number>();
  // Files have many equal lines, so each two texts are compared once.
  const compare = (left: string, right: string): number => {
    const key = `${left}\n${right}`;
    const common = known.get(key) ?? measureSimilarity(left, right);
    known.set(key, common);
    return common;
  };
  return (row, column) => {
    const left = rows[row];
    const right = columns[column];
    if (left === undefined || right === undefined) return 0;
    if (left.plain === right.plain) {
      if (left.telling) return left.weight;
      if (left.plain === '') return 0.04;
      return left.indent + shift === right.indent ? 0.4 : 0.1;
    }
    if (!left.telling || !right.telling || left.head !== right.head) return 0;
    const common = compare(left.plain, right.plain);
    return common < alike ? 0 : left.weight * common * 0.6;
  };
}

/** The usual difference of indentation between file and segment, in columns, from lines that the file has once. */
function commonShift(segment: readonly DescribedLine[], file: readonly DescribedLine[]): number {
  const places = new Map<string, DescribedLine | undefined>();
  for (const line of file) places.set(line.plain, places.has(line.plain) ? undefined : line);
  const counts = new Map<number, number>();
  for (const { plain, telling, indent } of segment) {
    const place = telling ? places.get(plain) : undefined;
    if (place !== undefined) counts.set(place.indent - indent, (counts.get(place.indent - indent) ?? 0) + 1);
  }
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0] ?? 0;
}

interface DescribedLine {
  readonly plain: string;
  readonly telling: boolean;
  readonly weight: number;
  readonly indent: number;
  readonly head: string;
}

function describeLine(line: string): DescribedLine {
  const plain = plainLine(line);
  return {
    plain,
    telling: isTelling(line),
    weight: 1 + Math.min(plain.length, 60) / 60,
    indent: indentWidth(line),
    // Only lines with the same first word are compared word by word. This keeps large files fast.
    head: /[\p{L}\p{N}_$@#]+/u.exec(plain)?.[0] ?? '',
  };
}
