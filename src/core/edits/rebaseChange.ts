import { diffArrays } from 'diff';
import { applyLineEdits, type LineEdit } from './lineEdit';
import type { Hunk, HunkLine } from './patch';
import { placePatch } from './placePatch';

/** Unchanged lines around a change that tell its place. */
const context = 3;

/** The edits that make `after` of `before`, both as lines. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let line = 0;
  let open: { start: number; end: number; lines: string[] } | undefined;
  for (const { value, added, removed } of diffArrays([...before], [...after])) {
    if (!added && !removed) {
      open = undefined;
      line += value.length;
      continue;
    }
    if (open === undefined) edits.push((open = { start: line, end: line, lines: [] }));
    if (added) open.lines.push(...value);
    else line = open.end += value.length;
  }
  return edits;
}

/**
 * Carries a change from the text that it was made for over to what that text has become; all as lines.
 *
 * @returns undefined when the text has changed just there.
 */
export function rebaseChange(
  base: readonly string[],
  proposed: readonly string[],
  current: readonly string[],
): readonly string[] | undefined {
  if (base.length === current.length && base.every((line, index) => line === current[index])) return proposed;
  const plan = placePatch(hunksOf(base, compareLines(base, proposed)), current);
  if (plan.kind === 'unclear') return undefined;
  return plan.kind === 'already' ? current : applyLineEdits(current, plan.edits);
}

function hunksOf(base: readonly string[], edits: readonly LineEdit[]): readonly Hunk[] {
  const hunks: { hint: number; end: number; lines: HunkLine[] }[] = [];
  const kept = (from: number, to: number): HunkLine[] =>
    base.slice(from, to).map((text) => ({ kind: 'kept', text }));
  for (const [index, { start, end, lines }] of edits.entries()) {
    const last = hunks.at(-1);
    const from = Math.max(0, start - context);
    const joined = last !== undefined && from <= last.end;
    const hunk = joined ? last : { hint: from, end: from, lines: [] };
    if (!joined) hunks.push(hunk);
    const to = Math.min(base.length, end + context, edits[index + 1]?.start ?? base.length);
    hunk.lines.push(
      ...kept(hunk.end, start),
      ...base.slice(start, end).map((text): HunkLine => ({ kind: 'removed', text })),
      ...lines.map((text): HunkLine => ({ kind: 'added', text })),
      ...kept(end, to),
    );
    hunk.end = to;
  }
  return hunks;
}
