import type { HistoryLine } from './groupHistory';

/** Heights in em of the list's font size. `history.css` sets the same heights. */
const headingHeight = 2.25;
const chatHeight = 3.75;
const failedChatsHeight = 2.25;
const excerptHeight = 1.5;

/** The positions of the lines, in em. */
export interface LineLayout {
  /** The top of each line. */
  readonly tops: readonly number[];
  readonly heights: readonly number[];
  readonly total: number;
}

/** Computes the positions of lines with known heights, so that only the visible ones of ten thousand are drawn. */
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

/** The first line that touches the range from `top` to `bottom`, in em, and the one after the last. */
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
  if (line.kind === 'failed-chats') return failedChatsHeight;
  return line.entry.excerpt === null ? chatHeight : chatHeight + excerptHeight;
}
