const backtick = 0x60;
const tilde = 0x7e;
const newline = 0x0a;

/**
 * Follows growing Markdown and knows whether its end is inside of code. Looks at each character once. It knows fences and
 * inline code; what a list or a quotation puts before a fence does not count.
 */
export class CodeTracker {
  /** How many backticks or tildes opened the fence; 0 outside of fences. */
  private fence = 0;
  private fenceMark = 0;
  /** How many backticks opened the inline code; 0 outside of it. */
  private inline = 0;
  private run = 0;
  private runMark = 0;
  private runBeganLine = false;
  /** True while the line holds only what may stand before a fence. */
  private atLineStart = true;
  private lineIsBlank = true;

  /** True when the next character would be inside of code. */
  get inCode(): boolean {
    if (this.run === 0) return this.fence > 0 || this.inline > 0;
    // A run of backticks at the end counts as finished.
    if (this.fence > 0) return !this.closesFence();
    if (this.opensFence()) return true;
    return this.runMark === backtick && (this.inline === 0 || this.inline !== this.run);
  }

  feed(text: string): void {
    let isWithinLine = this.isWithinLine();
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      // Nearly all characters.
      if (isWithinLine && code !== newline && code !== backtick && code !== tilde) continue;
      this.step(code);
      isWithinLine = this.isWithinLine();
    }
  }

  /** True where only a line break, a backtick or a tilde changes anything. */
  private isWithinLine(): boolean {
    return this.run === 0 && !this.atLineStart;
  }

  private step(code: number): void {
    if (code === backtick || code === tilde) {
      if (this.run > 0 && this.runMark !== code) this.endRun();
      if (this.run === 0) this.runBeganLine = this.atLineStart;
      this.runMark = code;
      this.run += 1;
      this.atLineStart = false;
      this.lineIsBlank = false;
      return;
    }
    if (this.run > 0) this.endRun();
    if (code === newline) {
      // A blank line ends the paragraph, and inline code with it.
      if (this.lineIsBlank) this.inline = 0;
      this.atLineStart = true;
      this.lineIsBlank = true;
      return;
    }
    const isBlank = code === 0x20 || code === 0x09 || code === 0x0d;
    if (!isBlank) this.lineIsBlank = false;
    // Blanks, `>`, `-`, `*`, `+`, digits and dots: quotations and lists.
    if (!isBlank && code !== 0x3e && !(code >= 0x2a && code <= 0x39 && code !== 0x2f))
      this.atLineStart = false;
  }

  private endRun(): void {
    if (this.fence > 0) {
      if (this.closesFence()) this.fence = 0;
    } else if (this.opensFence()) {
      this.fence = this.run;
      this.fenceMark = this.runMark;
      this.inline = 0;
    } else if (this.runMark === backtick) {
      if (this.inline === 0) this.inline = this.run;
      else if (this.inline === this.run) this.inline = 0;
    }
    this.run = 0;
  }

  private opensFence(): boolean {
    return this.runBeganLine && this.run >= 3;
  }

  private closesFence(): boolean {
    return this.runBeganLine && this.run >= this.fence && this.runMark === this.fenceMark;
  }
}
