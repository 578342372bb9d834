import { trimEdits, type LineEdit } from './lineEdit';

/** A possible place of a block, for the user to choose. */
export interface Place {
  /** `whole` replaces the whole file, `lines` replaces some lines, `merge` merges parts by name, `end` appends to the file. */
  readonly kind: 'whole' | 'lines' | 'merge' | 'end';
  /** The edits of this choice. */
  readonly edits: readonly LineEdit[];
  /** Lines of the file, counted from 0, `end` not included. */
  readonly start: number;
  readonly end: number;
  /** Lines of the file, counted from 0, that would vanish without a replacement in the block. */
  readonly vanishing?: readonly number[];
}

/**
 * Why a hunk is at its place. `exact`: the block is in an exact form. `structure`: the part of the file has the same name. `lines`:
 * the lines of the file resemble the block. `whole`: the block is the whole file.
 */
export type Evidence = 'exact' | 'structure' | 'lines' | 'whole';

/** A minimal change with the evidence for its place. */
interface EditHunk extends LineEdit {
  readonly evidence: Evidence;
}

/** A change of one file, proposed to the user. */
interface EditProposal {
  /** The lines of the file when the proposal was made. */
  readonly base: readonly string[];
  /** In the order of their lines, without overlaps. */
  readonly hunks: readonly EditHunk[];
}

/** The result of planning how to apply a block to a file. */
export type ApplyPlan =
  | {
      readonly kind: 'edits';
      readonly proposal: EditProposal;
      /** The hunks of the proposal. */
      readonly edits: readonly EditHunk[];
      /** From 0 to 1. */
      readonly confidence: number;
    }
  /** The file already contains the change. */
  | { readonly kind: 'already' }
  /** The block has no unambiguous place. `places` are the possible ones, the likeliest first. */
  | {
      readonly kind: 'unclear';
      readonly places: readonly Place[];
      /** Lines of the file, counted from 0, that the likeliest plan would lose, if that is why the user is asked. */
      readonly vanishing: readonly number[];
    };

/** Makes a plan from edits: `already` if they change nothing. */
export function makePlan(
  base: readonly string[],
  edits: readonly LineEdit[],
  { confidence, evidence }: { readonly confidence: number; readonly evidence: Evidence },
): ApplyPlan {
  const hunks = minimalHunks(base, edits, evidence);
  return hunks.length === 0
    ? { kind: 'already' }
    : { kind: 'edits', proposal: { base, hunks }, edits: hunks, confidence };
}

/** Makes a plan that asks the user, with the places to offer. */
export function makeUnclearPlan(places: readonly Place[], vanishing: readonly number[] = []): ApplyPlan {
  return { kind: 'unclear', places, vanishing };
}

function minimalHunks(
  base: readonly string[],
  edits: readonly LineEdit[],
  evidence: Evidence,
): readonly EditHunk[] {
  return trimEdits(base, edits).map((edit) => ({ ...edit, evidence }));
}
