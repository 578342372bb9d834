/** A line of a hunk. */
export interface HunkLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** One change of a file: lines that are there, and what becomes of them. */
export interface Hunk {
  /** The index of the line that the hunk's header names, from 0; undefined when it names none. */
  readonly hint: number | undefined;
  /** Lines that stand above the change, the outermost first: what a header has behind `@@`. */
  readonly headings: readonly string[];
  /** Whether the hunk reaches the end of the file. */
  readonly atEnd?: boolean;
  readonly lines: readonly HunkLine[];
}

/** What an exact form (a diff, SEARCH/REPLACE, `*** Begin Patch`) says of one file. */
export interface FilePatch {
  /** Paths as the headers have them, without `a/` and `b/`; undefined when there is no header, null for `/dev/null`. */
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

/** Whether two hunks change the same lines into the same lines. */
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
