/** Stores the end of a text that grows in pieces. Cuts and copies nothing until `last` is called, because most texts never need it. */
export class TextEnd {
  /** The text before `newer`. Its end is long enough if `newer` is too short. */
  private older = '';
  private newer = '';

  /** @param length How much is stored at least, in UTF-16 code units; less only if the text is shorter. */
  constructor(private readonly length: number) {}

  /** Adds text. */
  add(text: string): void {
    if (this.newer.length < this.length) {
      this.newer += text;
    } else {
      this.older = this.newer;
      this.newer = text;
    }
  }

  /** Removes all text. */
  clear(): void {
    this.older = '';
    this.newer = '';
  }

  /** The last `length` characters as given to the constructor, or all if there are fewer. */
  last(): string {
    return (this.older + this.newer).slice(-this.length);
  }
}
