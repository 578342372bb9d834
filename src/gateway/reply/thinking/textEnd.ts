/** The most that `last` returns, in UTF-16 code units. This many pieces contain it, because no piece is empty. */
const longest = 40;

/** Stores the end of a text that grows in small pieces. Joins them only when the end is read. */
export class TextEnd {
  private older: readonly string[] = [];
  private newer: string[] = [];

  /** Adds text, which must not be empty. */
  add(text: string): void {
    if (text.length >= longest) this.clear();
    else if (this.newer.length >= longest) {
      this.older = this.newer;
      this.newer = [];
    }
    this.newer.push(text.length > longest ? text.slice(-longest) : text);
  }

  /** Removes all text. */
  clear(): void {
    this.older = [];
    this.newer = [];
  }

  /** The last `length` characters (up to 40), or all if there are fewer. */
  last(length: number): string {
    return [...this.older, ...this.newer].join('').slice(-length);
  }
}
