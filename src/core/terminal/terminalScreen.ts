import { longestRow, TerminalRow } from './terminalRow';

/** Programs can redraw so many rows at the end of their output. Rows above them no longer change. */
const mostRows = 60;

/** A row, and whether its line continues in the next row. */
interface ScreenRow {
  readonly row: TerminalRow;
  continues: boolean;
}

/**
 * The last rows of a terminal, with a cursor. Text that a program overwrites is removed, as in a terminal: of a progress bar, only
 * the last state remains. Columns are counted in UTF-16 units, rows and columns from 0.
 */
export class TerminalScreen {
  private rows: ScreenRow[] = [newRow()];
  private line = 0;
  private column = 0;
  /** True while the first row is the top of the window, so that a program can move to a row by its number. */
  private isAtTop = false;

  /** @param onText Receives each row that can no longer change, with a line feed unless its line continues in the next row. */
  constructor(private readonly onText: (text: string) => void) {}

  /** Writes the units of `text` from `start` to `end`, which hold no control characters. */
  write(text: string, start: number, end: number): void {
    for (let from = start; from < end;) {
      if (this.column >= longestRow) {
        this.current.continues = true;
        this.lineFeed();
      }
      const to = Math.min(end, from + longestRow - this.column);
      this.current.row.write(this.column, text, from, to);
      this.column += to - from;
      from = to;
    }
  }

  /** Moves to the beginning of the next row, and adds a row at the end of the screen. */
  lineFeed(): void {
    this.column = 0;
    this.line += 1;
    if (this.line < this.rows.length) return;
    const first = this.rows.length < mostRows ? undefined : this.rows.shift();
    if (first === undefined) {
      this.rows.push(newRow());
      return;
    }
    this.onText(textOf(first));
    // The row is used again, because a long output has millions of them.
    this.rows.push(emptied(first));
    this.line -= 1;
    this.isAtTop = false;
  }

  /** Moves to a column of the same row; to the first or the last one if it is outside the row. */
  moveTo(column: number): void {
    this.column = Math.max(0, Math.min(longestRow, column));
  }

  /** Moves by columns in the same row. */
  moveBy(columns: number): void {
    this.moveTo(this.column + columns);
  }

  /** Moves up (negative) or down among the rows that exist. */
  moveLines(lines: number): void {
    this.line = Math.max(0, Math.min(this.rows.length - 1, this.line + lines));
  }

  /** Moves to a place in the window. If it is not known which row that is, moves to the next row. */
  moveToPlace(line: number, column: number): void {
    if (this.isAtTop && line < this.rows.length) this.line = Math.max(0, line);
    else if (!this.current.row.isEmpty) this.lineFeed();
    this.moveTo(column);
  }

  /** Erases a part of the row: from the cursor on (0), before the cursor (1) or all (2). */
  eraseInLine(part: number): void {
    const { row } = this.current;
    if (part === 1) row.eraseBefore(this.column);
    else {
      row.eraseFrom(part === 0 ? this.column : 0);
      this.current.continues = false;
    }
  }

  /** Erases the text after the cursor. */
  eraseBelow(): void {
    this.eraseInLine(0);
    this.rows.length = this.line + 1;
  }

  /** Erases all rows that can still change. */
  clear(): void {
    this.line = 0;
    this.rows = [emptied(this.current)];
    this.column = 0;
    this.isAtTop = true;
  }

  /** The text of the rows that can still change. It ends with a line feed if the last row is empty. */
  read(): string {
    return this.rows.map(textOf).join('').replace(/\n$/, '');
  }

  private get current(): ScreenRow {
    return (this.rows[this.line] ??= newRow());
  }
}

function newRow(): ScreenRow {
  return { row: new TerminalRow(), continues: false };
}

function emptied(screenRow: ScreenRow): ScreenRow {
  screenRow.row.eraseFrom(0);
  screenRow.continues = false;
  return screenRow;
}

function textOf({ row, continues }: ScreenRow): string {
  return row.read(continues) + (continues ? '' : '\n');
}
