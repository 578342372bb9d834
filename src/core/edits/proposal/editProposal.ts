import { compareLines } from '../lines/compareLines';
import { applyLineEdits, type LineEdit } from '../lines/lineEdit';

/** One change of a proposal: replaces the lines `start` to `end` (not included) of the base by `lines`. */
export interface Hunk extends LineEdit {
  /** Identifies the hunk while the proposal changes. Unique within a proposal. */
  readonly id: number;
  /** The lines that the change was made for. They differ from the base if the user has edited them since. */
  readonly replaced: readonly string[];
}

/** A proposed change of a text. Lines have no line ends; see `splitText`. */
export interface EditProposal {
  /** The lines of the text as it is now. */
  readonly base: readonly string[];
  /** In the order of their lines. They do not overlap. */
  readonly hunks: readonly Hunk[];
}

/**
 * Proposes to change `base` into `proposed`, with hunks as small as possible. Texts that differ in more than about 1,500 lines have
 * one large hunk, so that the time stays bounded.
 */
export function proposeEdit(base: readonly string[], proposed: readonly string[]): EditProposal {
  const hunks = compareLines(base, proposed).map((edit, index) => ({
    ...edit,
    id: index + 1,
    replaced: base.slice(edit.start, edit.end),
  }));
  return { base, hunks };
}

/** The text with every hunk, also those in conflict. */
export function proposedLines({ base, hunks }: EditProposal): readonly string[] {
  return applyLineEdits(base, hunks);
}

/** True if the user has changed the lines that a hunk replaces. Accepting it would lose what the user typed. */
export function isInConflict({ base }: EditProposal, { start, end, replaced }: Hunk): boolean {
  return !sameLines(base.slice(start, end), replaced);
}

/** The proposal after hunks were accepted: the base contains them. The other hunks move with their lines. */
export function acceptHunks({ base, hunks }: EditProposal, accepted: ReadonlySet<number>): EditProposal {
  let shift = 0;
  const rest: Hunk[] = [];
  for (const hunk of hunks) {
    const { start, end, lines } = hunk;
    if (accepted.has(hunk.id)) shift += lines.length - (end - start);
    else rest.push({ ...hunk, start: start + shift, end: end + shift });
  }
  const edits = hunks.filter(({ id }) => accepted.has(id));
  return { base: applyLineEdits(base, edits), hunks: rest };
}

/** The proposal without the rejected hunks. */
export function rejectHunks({ base, hunks }: EditProposal, rejected: ReadonlySet<number>): EditProposal {
  return { base, hunks: hunks.filter(({ id }) => !rejected.has(id)) };
}

/** An id that no hunk of a proposal has. The following numbers are free too. */
export function nextHunkId({ hunks }: EditProposal): number {
  return hunks.reduce((most, { id }) => Math.max(most, id), 0) + 1;
}

/** True if two texts have the same lines. */
export function sameLines(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}
