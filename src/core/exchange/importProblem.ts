/** Why nothing could be imported: no JSON, nothing that Parley knows, from a newer Parley, wrong within, too large. */
export type ImportProblemKind = 'no-json' | 'unknown-format' | 'newer-version' | 'damaged' | 'too-large';

/** What is wrong with a file; whoever shows it finds the words. */
export class ImportProblem extends Error {
  /** @param chat Number of the conversation that is wrong, counted from 1; absent when it is the file. */
  constructor(
    readonly kind: ImportProblemKind,
    readonly chat?: number,
  ) {
    super(kind);
    this.name = 'ImportProblem';
  }
}
