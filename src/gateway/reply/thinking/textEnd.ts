/** The most that `last` returns, in UTF-16 code units. */
const longest = 40;
/** The text is cut when it is longer than this. To cut it each time would copy its characters each time. */
const longestUncut = 1_000;

/** Stores the end of a text that grows in small pieces. */
export class TextEnd {
  private text = '';

  /** Adds text. */
  add(text: string): void {
    const all = text.length >= longest ? text : this.text + text;
    this.text = all.length > longestUncut ? all.slice(-longest) : all;
  }

  /** Removes all text. */
  clear(): void {
    this.text = '';
  }

  /** The last `length` characters (up to 40), or all if there are fewer. */
  last(length: number): string {
    return this.text.slice(-Math.min(length, longest));
  }
}
