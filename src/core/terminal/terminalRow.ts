/** A row is written to the output when it is this long, in UTF-16 units. The line continues in the next row. */
export const longestRow = 2_000;

const space = 0x20;

/** One row of a terminal's screen, whose units are overwritten in place. */
export class TerminalRow {
  private units = new Uint16Array(128);
  private length = 0;

  /**
   * Writes text at a column, over the earlier text. Fills a gap before the column with spaces. Takes time in proportion to
   * `end - start`, apart from the gap.
   *
   * @param text Its units from `start` to `end` are written. `column` plus their count is at most `longestRow`.
   */
  write(column: number, text: string, start: number, end: number): void {
    const after = column + end - start;
    if (after > this.units.length) this.grow(after);
    if (column > this.length) this.units.fill(space, this.length, column);
    for (let from = start, to = column; from < end; from++, to++) this.units[to] = text.charCodeAt(from);
    this.length = Math.max(this.length, after);
  }

  /** True if nothing has been written to the row, or all of it was erased. */
  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Erases the row from a column on. */
  eraseFrom(column: number): void {
    this.length = Math.min(this.length, column);
  }

  /** Replaces the units before a column by spaces. */
  eraseBefore(column: number): void {
    this.units.fill(space, 0, Math.min(column, this.length));
  }

  /** The text of the row, without the spaces at its end. A row that continues in the next one keeps them. */
  read(continues: boolean): string {
    let end = this.length;
    while (!continues && end > 0 && this.units[end - 1] === space) end--;
    return Reflect.apply(String.fromCharCode, undefined, this.units.subarray(0, end)) as string;
  }

  private grow(needed: number): void {
    const units = new Uint16Array(Math.min(longestRow, Math.max(needed, this.units.length * 2)));
    units.set(this.units);
    this.units = units;
  }
}
