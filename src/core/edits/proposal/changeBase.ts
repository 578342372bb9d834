import { compareLines } from '../lines/compareLines';
import { applyLineEdits, trimEdits, type LineEdit } from '../lines/lineEdit';
import { sameLines, type EditProposal, type Hunk } from './editProposal';
import { joinHunks, originalLines } from './joinHunks';

/**
 * Carries a proposal over to a base that was edited, such as by the user's typing. Hunks move with their lines. A hunk whose lines
 * were edited is in conflict: it now replaces what was typed. It is dropped if the text already is what it proposes, and is as
 * before when the edit is undone.
 *
 * @param edit The edit of `proposal.base`.
 */
export function changeBase(proposal: EditProposal, edit: LineEdit): EditProposal {
  const { base, hunks } = proposal;
  const [change] = trimEdits(base, [edit]);
  if (change === undefined) return proposal;
  const shift = change.lines.length - (change.end - change.start);
  const changed = applyLineEdits(base, [change]);
  const before = hunks.filter((hunk) => isBefore(hunk, change));
  const after = hunks.filter((hunk) => isAfter(hunk, change));
  const touched = hunks.filter((hunk) => !isBefore(hunk, change) && !isAfter(hunk, change));
  const moved = after.map((hunk) => ({ ...hunk, start: hunk.start + shift, end: hunk.end + shift }));
  if (touched.length === 0) return { base: changed, hunks: [...before, ...moved] };
  const start = Math.min(change.start, ...touched.map((hunk) => hunk.start));
  const end = Math.max(change.end, ...touched.map((hunk) => hunk.end));
  const region = base.slice(start, end);
  const joined = joinHunks(proposal, {
    start,
    current: changed.slice(start, end + shift),
    lines: applyLineEdits(
      region,
      touched.map((hunk) => ({ ...hunk, start: hunk.start - start, end: hunk.end - start })),
    ),
    replaced: originalLines(region, touched, start),
  });
  return { base: changed, hunks: [...before, ...joined, ...moved] };
}

/** Carries a proposal over to another text whose edits are not known. */
export function moveToBase(proposal: EditProposal, lines: readonly string[]): EditProposal {
  // From the last edit to the first, so that the line numbers stay right.
  return compareLines(proposal.base, lines).toReversed().reduce(changeBase, proposal);
}

/** Of two insertions at one place, the typed text comes first. */
function isBefore(hunk: Hunk, edit: LineEdit): boolean {
  return hunk.end <= edit.start && !(isInsertion(hunk) && isInsertion(edit) && hunk.start === edit.start);
}

function isAfter(hunk: Hunk, edit: LineEdit): boolean {
  return edit.end <= hunk.start && !isBefore(hunk, edit) && !isSame(hunk, edit);
}

function isInsertion({ start, end }: LineEdit): boolean {
  return start === end;
}

function isSame(left: LineEdit, right: LineEdit): boolean {
  return left.start === right.start && left.end === right.end && sameLines(left.lines, right.lines);
}
