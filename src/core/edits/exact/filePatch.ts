/** A line of a hunk. */
export interface HunkLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** One change of a file: expected lines with the lines to remove and to add. */
export interface Hunk {
  /** The line number in the hunk's header, counted from 0; undefined without one. It may be wrong. */
  readonly hint: number | undefined;
  /** Lines above the change, the outermost first: the text after `@@` in the header. */
  readonly headings: readonly string[];
  /** True when the hunk is at the end of the file. */
  readonly atEnd?: boolean;
  readonly lines: readonly HunkLine[];
}

/** The changes of one file in an exact form (a diff, SEARCH/REPLACE, `*** Begin Patch`). */
export interface FilePatch {
  /** Paths from the headers, without `a/` and `b/`; undefined without a header, null for `/dev/null`. */
  readonly oldPath: string | null | undefined;
  readonly newPath: string | null | undefined;
  /** True when the form says in words that the file moves from `oldPath` to `newPath`. */
  readonly isMove?: true;
  readonly hunks: readonly Hunk[];
}

/** The lines that a hunk expects in the file. */
export function oldSide({ lines }: Hunk): readonly string[] {
  return lines.flatMap(({ kind, text }) => (kind === 'added' ? [] : [text]));
}

/** The lines that a hunk leaves in the file. */
export function newSide({ lines }: Hunk): readonly string[] {
  return lines.flatMap(({ kind, text }) => (kind === 'removed' ? [] : [text]));
}

/** True when two hunks have the same lines and headings. */
export function isSameHunk(left: Hunk, right: Hunk): boolean {
  return (
    left.lines.length === right.lines.length &&
    left.lines.every(({ kind, text }, index) => {
      const other = right.lines[index];
      return other?.kind === kind && other.text === text;
    }) &&
    left.headings.join('\n') === right.headings.join('\n')
  );
}
