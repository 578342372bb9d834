import type { LinePair } from './alignSegment';
import { declarationEnd } from './declaration';
import { itemKey } from './itemKey';
import { indentWidth, isClosing, isTelling, plainLine } from './plainLine';

/** Whether a placeholder is right before or right after a segment. */
export interface Gaps {
  readonly before: boolean;
  readonly after: boolean;
}

/**
 * True when a segment may replace the lines that `pairs` align it with, without a question to the user: enough of its lines are in
 * the file, and its first and last lines cannot be anywhere else between `low` and `high` (not included).
 */
export function isUnambiguous(
  segment: readonly string[],
  file: readonly string[],
  low: number,
  high: number,
  pairs: readonly LinePair[],
  gaps: Gaps = { before: false, after: false },
): boolean {
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first === undefined || last === undefined) return false;
  const same = pairs.filter((pair) => pair.same && isTelling(segment[pair.segment] ?? ''));
  const telling = segment.filter(isTelling).length;
  if (same.length === 0 || same.length * 4 < telling) return false;
  // New lines at an edge may be meant to replace lines of the file. Imports are only added.
  const edges = [...segment.slice(0, first.segment), ...segment.slice(last.segment + 1)];
  if (!edges.every((line) => line.trim() === '' || isImport(line))) return false;
  return (
    isAnchored(segment, file, low, high, pairs, first, 1, gaps.before) &&
    isAnchored(segment, file, low, high, pairs, last, -1, gaps.after) &&
    !dropsTooMuch(segment, pairs) &&
    isTight(file, low, high, pairs)
  );
}

function isImport(line: string): boolean {
  return /^\s*(?:import\b|from\s+\S+\s+import\b|use\s|using\s|#include\b|require\b|(?:const|let|var)\b.*=\s*require\()/.test(
    line,
  );
}

/** True when the first (`direction` 1) or last (-1) pair has only one possible place. */
function isAnchored(
  segment: readonly string[],
  file: readonly string[],
  low: number,
  high: number,
  pairs: readonly LinePair[],
  edge: LinePair,
  direction: 1 | -1,
  besideGap: boolean,
): boolean {
  const line = segment[edge.segment] ?? '';
  const plain = plainLine(line);
  // Counts the lines from the edge on that agree without a gap.
  let run = 0;
  while (
    pairs.some(
      (pair) =>
        pair.same &&
        pair.segment === edge.segment + run * direction &&
        pair.file === edge.file + run * direction,
    )
  )
    run++;
  if (run === segment.length) return true;
  const together = Array.from({ length: Math.max(run, 1) }, (_, index) =>
    plainLine(segment[edge.segment + index * direction] ?? ''),
  );
  let places = 0;
  for (let at = low; at < high; at++)
    if (together.every((text, index) => plainLine(file[at + index * direction] ?? '\0') === text)) places++;
  if (edge.same) return places === 1 || closesBlock(segment, file, pairs, plain);
  // Next to a placeholder, a line that is only similar may be new.
  return isTelling(line) && run === 0 && !besideGap && isSamePart(line, file[edge.file] ?? '');
}

/** True when the last pair closes the block that the first pair opens, both in the segment and in the file. */
function closesBlock(
  segment: readonly string[],
  file: readonly string[],
  pairs: readonly LinePair[],
  plain: string,
): boolean {
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first?.same !== true || last === undefined || !isTelling(segment[first.segment] ?? '')) return false;
  if (!isClosing(plain)) return false;
  const closes = (lines: readonly string[], from: number, to: number): boolean =>
    declarationEnd(lines, from) === to + 1 && indentWidth(lines[from] ?? '') === indentWidth(lines[to] ?? '');
  return closes(segment, first.segment, last.segment) && closes(file, first.file, last.file);
}

/** True when many lines between two pairs would be lost: the end of the segment is then probably misplaced. */
function dropsTooMuch(segment: readonly string[], pairs: readonly LinePair[]): boolean {
  const limit = Math.max(12, segment.length * 2);
  return pairs.some((pair, index) => {
    const before = pairs[index - 1];
    return before !== undefined && pair.file - before.file - 1 > limit;
  });
}

/**
 * True when the pairs at both edges are the nearest equal lines around a line that the file has once. Lines further away would
 * include code that the block does not mention, such as the whole next function.
 */
function isTight(file: readonly string[], low: number, high: number, pairs: readonly LinePair[]): boolean {
  const counts = new Map<string, number>();
  for (const line of file.slice(low, high).map(plainLine)) counts.set(line, (counts.get(line) ?? 0) + 1);
  const isOnce = ({ same, file: line }: LinePair): boolean =>
    same && isTelling(file[line] ?? '') && counts.get(plainLine(file[line] ?? '')) === 1;
  const first = pairs.findIndex(isOnce);
  const last = pairs.findLastIndex(isOnce);
  return (
    first !== -1 &&
    leadsTightly(file, pairs.slice(0, first + 1).toReversed(), -1) &&
    leadsTightly(file, pairs.slice(last), 1)
  );
}

/** True when each pair, from the first one on, is the nearest equal line after the pair before it. */
function leadsTightly(file: readonly string[], pairs: readonly LinePair[], step: 1 | -1): boolean {
  let at: number | undefined;
  for (const { same, file: line } of pairs) {
    if (at === undefined || !same) at = line;
    else
      do at += step;
      while (at !== line && !isAlike(file[at] ?? '', file[line] ?? ''));
  }
  return at === pairs.at(-1)?.file;
}

function isAlike(line: string, other: string): boolean {
  return plainLine(line) === plainLine(other) && indentWidth(line) === indentWidth(other);
}

/** True when two similar lines may begin the same part. Lines with different names begin different parts. */
export function isSamePart(line: string, other: string): boolean {
  const keys = [line, other].map((text) => itemKey(text, true) ?? itemKey(text, false));
  const [left, right] = keys;
  if (left === undefined || right === undefined) return true;
  return left.text === right.text || (!left.isName && !right.isName && left.text.startsWith('text '));
}
