/** Puts an empty line between pieces of reasoning that follow each other, such as the parts of a summary. */
export class ReasoningText {
  private hasText = false;
  private isBroken = false;

  /** The next text belongs to another piece. */
  breakHere(): void {
    this.isBroken ||= this.hasText;
  }

  /** Something else was sent, so that the next reasoning is shown apart from the one before. */
  interrupt(): void {
    this.hasText = false;
    this.isBroken = false;
  }

  /** Returns the text as it is passed on. */
  add(text: string): string {
    if (text === '') return '';
    const passed = this.isBroken ? `\n\n${text}` : text;
    this.hasText = true;
    this.isBroken = false;
    return passed;
  }
}
