import { compareLines } from '../lines/compareLines';
import { applyLineEdits } from '../lines/lineEdit';
import { nextHunkId, sameLines, type EditProposal, type Hunk } from './editProposal';

/** A part of the base with all hunks in it. */
interface Region {
  /** Its first line in the base. */
  readonly start: number;
  /** The lines of the base. */
  readonly current: readonly string[];
  /** The lines that are proposed for it. */
  readonly lines: readonly string[];
  /** The lines that the changes in it were made for. */
  readonly replaced: readonly string[];
}

/**
 * Compares an edited part of the base with the proposal. Equal texts give no hunk, a conflict gives one hunk, and other texts give the
 * smallest hunks. Equal hunks keep their id.
 *
 * @param proposal The proposal before the edit.
 */
export function joinHunks(
  proposal: EditProposal,
  { start, current, lines, replaced }: Region,
): readonly Hunk[] {
  if (sameLines(current, lines)) return [];
  const id = nextHunkId(proposal);
  if (!sameLines(current, replaced)) return [{ id, start, end: start + current.length, lines, replaced }];
  return compareLines(current, lines).map((edit, index) => ({
    id: id + index,
    start: edit.start + start,
    end: edit.end + start,
    lines: edit.lines,
    replaced: current.slice(edit.start, edit.end),
  }));
}

/** Undoes hunks within their part of the base, which starts at `start`. */
export function originalLines(
  region: readonly string[],
  hunks: readonly Hunk[],
  start: number,
): readonly string[] {
  return applyLineEdits(
    region,
    hunks.map((hunk) => ({ start: hunk.start - start, end: hunk.end - start, lines: hunk.replaced })),
  );
}
