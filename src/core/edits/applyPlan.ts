import type { LineEdit } from './lineEdit';

/** A place where a block may belong, for the user to choose. */
export interface Place {
  readonly kind: 'whole' | 'lines' | 'end';
  /** What choosing it changes. */
  readonly edits: readonly LineEdit[];
  /** Lines of the file, from 0, the end not included. */
  readonly start: number;
  readonly end: number;
}

/** What applying a block to a file comes to. */
export type ApplyPlan =
  | {
      readonly kind: 'edits';
      readonly edits: readonly LineEdit[];
      /** How sure the place is, from 0 to 1. */
      readonly confidence: number;
    }
  /** The file has it already. */
  | { readonly kind: 'already' }
  /** It may belong to several places, or to none; the places are the ones worth offering, the likeliest first. */
  | { readonly kind: 'unclear'; readonly places: readonly Place[] };
