import type { LinePair } from './alignSegment';
import { compareLines } from './compareLines';
import { plainLine } from './plainLine';

/** Pairs the equal lines of two texts in order (a line diff), ignoring indentation. */
export function alignLines(segment: readonly string[], file: readonly string[]): readonly LinePair[] {
  const pairs: LinePair[] = [];
  let left = 0;
  let right = 0;
  const keep = (end: number): void => {
    for (; left < end; left++) pairs.push({ segment: right++, file: left, same: true });
  };
  for (const edit of compareLines(file.map(plainLine), segment.map(plainLine))) {
    keep(edit.start);
    left = edit.end;
    right += edit.lines.length;
  }
  keep(file.length);
  return pairs;
}
