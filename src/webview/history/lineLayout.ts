import type { HistoryLine } from './groupHistory';

/** Heights in em of the list's font size; `history.css` gives the lines the same. */
const headingHeight = 2.25;
const chatHeight = 3.75;
const excerptHeight = 1.5;

/** Where each line of the list stands, in em. */
export interface LineLayout {
  /** The top of each line. */
  readonly tops: readonly number[];
  readonly heights: readonly number[];
  readonly total: number;
}

/** Lays out lines of known heights, so that of ten thousand only those in sight need be drawn. */
export function layOutLines(lines: readonly HistoryLine[]): LineLayout {
  const tops: number[] = [];
  const heights = lines.map(heightOf);
  let total = 0;
  for (const height of heights) {
    tops.push(total);
    total += height;
  }
  return { tops, heights, total };
}

/** The first line, and the one after the last, that touch the stretch from `top` to `bottom`, in em. */
export function linesWithin({ tops }: LineLayout, top: number, bottom: number): [number, number] {
  return [Math.max(0, firstAtOrAfter(tops, top) - 1), firstAtOrAfter(tops, bottom)];
}

function firstAtOrAfter(tops: readonly number[], place: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function heightOf(line: HistoryLine): number {
  if (line.kind === 'heading') return headingHeight;
  return line.entry.excerpt === null ? chatHeight : chatHeight + excerptHeight;
}
