import { compareLines } from '../lines/compareLines';
import type { LineEdit } from '../lines/lineEdit';
import { proposedLines, type EditProposal, type Hunk } from './editProposal';
import { joinHunks, originalLines } from './joinHunks';

/** A hunk, and where its lines are in the proposed text. */
interface PlacedHunk {
  readonly hunk: Hunk;
  readonly start: number;
  readonly end: number;
}

/**
 * Carries a proposal over to a proposed text that the user has edited. Hunks in other lines stay as they are.
 *
 * @param lines The edited text.
 */
export function changeProposed(proposal: EditProposal, lines: readonly string[]): EditProposal {
  const edits = compareLines(proposedLines(proposal), lines);
  // From the last edit to the first, so that the line numbers stay right.
  return edits.toReversed().reduce(changeAt, proposal);
}

/** The lines of each hunk in the proposed text, in order. */
export function placedHunks({ hunks }: EditProposal): readonly PlacedHunk[] {
  let shift = 0;
  return hunks.map((hunk) => {
    const start = hunk.start + shift;
    shift += hunk.lines.length - (hunk.end - hunk.start);
    return { hunk, start, end: start + hunk.lines.length };
  });
}

/** Applies an edit whose lines are those of the proposed text. */
function changeAt(proposal: EditProposal, edit: LineEdit): EditProposal {
  const { base } = proposal;
  const placed = placedHunks(proposal);
  const before = placed.filter(({ end }) => end < edit.start);
  const after = placed.filter(({ start }) => start > edit.end);
  const touched = placed.slice(before.length, placed.length - after.length);
  const shift = shiftAfter(before.at(-1));
  const start = Math.min(edit.start, touched[0]?.start ?? edit.start);
  const end = Math.max(edit.end, touched.at(-1)?.end ?? edit.end);
  const old = proposedLines(proposal);
  const from = start - shift;
  const current = base.slice(from, end - shiftAfter(touched.at(-1) ?? before.at(-1)));
  const hunks = touched.map(({ hunk }) => hunk);
  const joined = joinHunks(proposal, {
    start: from,
    current,
    lines: old.slice(start, edit.start).concat(edit.lines, old.slice(edit.end, end)),
    replaced: originalLines(current, hunks, from),
  });
  const hunkOf = ({ hunk }: PlacedHunk): Hunk => hunk;
  return { base, hunks: [...before.map(hunkOf), ...joined, ...after.map(hunkOf)] };
}

/** How far lines after a hunk are moved in the proposed text. */
function shiftAfter(placed: PlacedHunk | undefined): number {
  return placed === undefined ? 0 : placed.end - placed.hunk.end;
}
