/**
 * Why a file could not be imported: it is not JSON, its format is unknown, it comes from a newer version of Parley, its content
 * is invalid, or it is too large.
 */
type ImportProblemKind = 'no-json' | 'unknown-format' | 'newer-version' | 'damaged' | 'too-large';

/** Thrown by importers. The caller shows it in the user's language. */
export class ImportProblem extends Error {
  /** @param chat Number of the invalid conversation in the file, counted from 1; absent when it concerns the whole file. */
  constructor(
    readonly kind: ImportProblemKind,
    readonly chat?: number,
  ) {
    super(kind);
    this.name = 'ImportProblem';
  }
}
