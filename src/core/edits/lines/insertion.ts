import { indentUnit, reindent, type IndentUnit } from './adaptIndentation';
import { splitBlock } from './lineEdit';
import { indentOf } from './plainLine';

/** A cursor or a selection in a file. Columns are UTF-16 units of their line, counted from 0. */
interface InsertionSpot {
  /** The whole line that the selection starts in. */
  readonly startLine: string;
  readonly startColumn: number;
  /** The whole line that the selection ends in. */
  readonly endLine: string;
  readonly endColumn: number;
  /** True when the selection starts and ends in the same line. */
  readonly isOneLine: boolean;
  /** How the file indents; undefined keeps the code's own steps. */
  readonly unit: IndentUnit | undefined;
}

/** Text to insert, and the range that it replaces. */
export interface Insertion {
  /** The range: a column in the first line and a column in the last line of the selection. */
  readonly startColumn: number;
  readonly endColumn: number;
  /** Its lines; they are joined with the file's line end. */
  readonly lines: readonly string[];
}

/**
 * Inserts code at a cursor or over a selection. Next to other code and over whole selected lines, the inserted code gets lines of
 * its own with the indentation of the place. Inside a line it goes to the cursor.
 */
export function placeInsertion(text: string, spot: InsertionSpot): Insertion {
  const { startLine, startColumn, endLine, endColumn, isOneLine } = spot;
  const block = splitBlock(text);
  const before = startLine.slice(0, startColumn);
  const after = endLine.slice(endColumn);
  const isEmpty = isOneLine && startColumn === endColumn;
  const isBlankBefore = before.trim() === '';
  if (!isEmpty && isBlankBefore) {
    // Selected from the beginning of a line to the beginning of another: both line ends are the selection's.
    if (!isOneLine && endColumn === 0) {
      return { startColumn: 0, endColumn: 0, lines: [...indented(block, indentOf(startLine), spot), ''] };
    }
    if (after.trim() === '') {
      return {
        startColumn: 0,
        endColumn: endLine.length,
        lines: indented(block, indentOf(startLine), spot),
      };
    }
  }
  if (isEmpty && isBlankBefore && after.trim() !== '') {
    return { startColumn: 0, endColumn: 0, lines: [...indented(block, indentOf(startLine), spot), ''] };
  }
  if (isEmpty && !isBlankBefore && after.trim() === '' && (block.length > 1 || endsStatement(before))) {
    const indent = indentOf(startLine) + (opensBlock(before) ? stepOf(spot) : '');
    return { startColumn, endColumn: endLine.length, lines: ['', ...indented(block, indent, spot)] };
  }
  const indent = indentOf(before);
  const [first = '', ...rest] = indented(block, indent, spot);
  return { startColumn, endColumn, lines: [first.slice(indent.length), ...rest] };
}

function indented(block: readonly string[], indent: string, { unit }: InsertionSpot): readonly string[] {
  return reindent(block, indent, indentUnit(block) === undefined ? undefined : unit);
}

function stepOf({ unit, startLine }: InsertionSpot): string {
  if (unit === '\t' || indentOf(startLine).startsWith('\t')) return '\t';
  return ' '.repeat(unit ?? 4);
}

/** True when the text ends a statement, so that inserted code begins a new line. */
function endsStatement(before: string): boolean {
  return /[;{}]$/.test(before.trimEnd());
}

function opensBlock(before: string): boolean {
  return /[{[(:]$/.test(before.trimEnd());
}
