import type { IndentUnit } from '../edits/lines/adaptIndentation';

/** Columns in the only line of a selection that is a part of it, in UTF-16 units. */
interface Fragment {
  readonly startColumn: number;
  readonly endColumn: number;
}

/** Where an inline edit changes a file. Lines are counted from 0. */
export interface EditPlace {
  /** The lines of the whole file when the model was asked. */
  readonly file: readonly string[];
  /** The first line that changes. */
  readonly start: number;
  /** The line after the last one that changes. Equals `start` if new code is written at a cursor. */
  readonly end: number;
  /** Set if only a part of one line is selected. */
  readonly fragment?: Fragment;
  /** Set if nothing is selected: the column of the cursor in line `start`. */
  readonly cursorColumn?: number;
  /** VS Code's language id. */
  readonly languageId: string;
  /** How the editor indents. */
  readonly unit: IndentUnit | undefined;
}

/** The lines that an inline edit is asked to change; empty if nothing is selected. */
export function selectedLines({ file, start, end }: EditPlace): readonly string[] {
  return file.slice(start, end);
}
