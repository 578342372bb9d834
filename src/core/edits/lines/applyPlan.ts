import { applyLineEdits, trimEdits, type LineEdit } from './lineEdit';

/** A place where a block may belong, for the user to choose. */
export interface Place {
  /**
   * What choosing it does: it replaces the whole file or some lines, merges into what has the same names, or adds to the end of the
   * file.
   */
  readonly kind: 'whole' | 'lines' | 'merge' | 'end';
  /** What choosing it changes. */
  readonly edits: readonly LineEdit[];
  /** Lines of the file, from 0, the end not included. */
  readonly start: number;
  readonly end: number;
  /** Lines of the file, from 0, that would vanish although the block shows nothing in their place. */
  readonly vanishing?: readonly number[];
}

/**
 * Why a hunk is where it is: the block says so exactly; it is the named part of the file; the lines around it are the file's; or the
 * block is the whole file.
 */
export type Evidence = 'exact' | 'structure' | 'lines' | 'whole';

/** A minimal change with the evidence for its place. */
export interface EditHunk extends LineEdit {
  readonly evidence: Evidence;
}

/** A change of one file, proposed to the user. */
export interface EditProposal {
  /** The lines of the file that the change was made for. */
  readonly base: readonly string[];
  /** In the order of their lines, without overlap. */
  readonly hunks: readonly EditHunk[];
}

/** What applying a block to a file comes to. */
export type ApplyPlan =
  | {
      readonly kind: 'edits';
      readonly proposal: EditProposal;
      /** The proposal's hunks. */
      readonly edits: readonly EditHunk[];
      /** How sure the place is, from 0 to 1. */
      readonly confidence: number;
    }
  /** The file has it already. */
  | { readonly kind: 'already' }
  /** It may belong to several places, or to none; the places are the ones worth offering, the likeliest first. */
  | {
      readonly kind: 'unclear';
      readonly places: readonly Place[];
      /** Lines of the file, from 0, that the likeliest reading would lose; the reason for asking. Empty for other reasons. */
      readonly vanishing: readonly number[];
    };

/** Edits that change something, or the news that there is nothing to change. */
export function settle(
  base: readonly string[],
  edits: readonly LineEdit[],
  { confidence, evidence }: { readonly confidence: number; readonly evidence: Evidence },
): ApplyPlan {
  const hunks = minimalHunks(base, edits, evidence);
  return hunks.length === 0
    ? { kind: 'already' }
    : { kind: 'edits', proposal: { base, hunks }, edits: hunks, confidence };
}

/** A question, with the places worth offering. */
export function unclear(places: readonly Place[], vanishing: readonly number[] = []): ApplyPlan {
  return { kind: 'unclear', places, vanishing };
}

/** The lines that a proposal makes of its base. */
export function proposedLines({ base, hunks }: EditProposal): readonly string[] {
  return applyLineEdits(base, hunks);
}

function minimalHunks(
  base: readonly string[],
  edits: readonly LineEdit[],
  evidence: Evidence,
): readonly EditHunk[] {
  return trimEdits(base, edits).map((edit) => ({ ...edit, evidence }));
}
