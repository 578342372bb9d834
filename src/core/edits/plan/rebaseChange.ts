import { compareLines } from '../lines/compareLines';
import { applyLineEdits, isOrdered, type LineEdit } from '../lines/lineEdit';

/** How many unchanged lines before and after a change identify its place. */
const context = 3;

/**
 * Applies a change that was made for `base` to the current text. All texts are lists of lines.
 *
 * @returns The changed current text; undefined when the current text has changed at the same place, or when the place is
 *   ambiguous because equal lines were added.
 */
export function rebaseChange(
  base: readonly string[],
  proposed: readonly string[],
  current: readonly string[],
): readonly string[] | undefined {
  const edits = carryEdits(base, compareLines(base, proposed), current);
  return edits && applyLineEdits(current, edits);
}

/** Converts edits of `base` to edits of the current text; undefined when one of them has no unambiguous place there. */
function carryEdits(
  base: readonly string[],
  edits: readonly LineEdit[],
  current: readonly string[],
): readonly LineEdit[] | undefined {
  if (base.length === current.length && base.every((line, index) => line === current[index])) return edits;
  const changes = compareLines(base, current);
  const carried: LineEdit[] = [];
  for (const edit of edits) {
    if (changes.some((change) => isSame(change, edit))) continue;
    const place = carryRange(edit.start, edit.end, changes);
    if (place === undefined || !isOnlyPlace(base, edit, current, place)) return undefined;
    carried.push({ start: place, end: place + edit.end - edit.start, lines: edit.lines });
  }
  return isOrdered(carried) ? carried : undefined;
}

function isSame(left: LineEdit, right: LineEdit): boolean {
  return (
    left.start === right.start &&
    left.end === right.end &&
    left.lines.length === right.lines.length &&
    left.lines.every((line, index) => line === right.lines[index])
  );
}

/** The first line of a range after the changes; undefined when a change touches the range. */
function carryRange(start: number, end: number, changes: readonly LineEdit[]): number | undefined {
  let shift = 0;
  for (const change of changes) {
    if (change.start >= end && !(start === end && change.start === start)) break;
    if (change.end > start || (change.end === start && start === end)) return undefined;
    shift += change.lines.length - (change.end - change.start);
  }
  return start + shift;
}

/**
 * True when the changed lines with their context occur equally often in both texts, and `place` is the same occurrence. Otherwise
 * a copy was added or removed, and the texts do not show which occurrence is the right one.
 */
function isOnlyPlace(
  base: readonly string[],
  { start, end }: LineEdit,
  current: readonly string[],
  place: number,
): boolean {
  let before = 0;
  while (before < context && start > before && base[start - before - 1] === current[place - before - 1])
    before++;
  const length = end - start;
  let after = 0;
  while (
    after < context &&
    end + after < base.length &&
    base[end + after] === current[place + length + after]
  )
    after++;
  const pattern = base.slice(start - before, end + after);
  const old = placesOf(pattern, base);
  const now = placesOf(pattern, current);
  return now.length === old.length && old.indexOf(start - before) === now.indexOf(place - before);
}

function placesOf(pattern: readonly string[], text: readonly string[]): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at + pattern.length <= text.length; at++)
    if (pattern.every((line, index) => text[at + index] === line)) places.push(at);
  return places;
}
