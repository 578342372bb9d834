const backtick = 0x60;
const tilde = 0x7e;
const newline = 0x0a;

/**
 * Reads growing Markdown and tells whether its end is inside a fenced code block or inline code (CommonMark, sections 4.5 and
 * 6.1). Reads each character once. Ignores the markers of lists and block quotes before a fence.
 */
export class CodeTracker {
  /** The number of backticks or tildes that opened the fenced code block; 0 outside of one. */
  private fence = 0;
  private fenceMark = 0;
  /** The number of backticks that opened the inline code; 0 outside of it. */
  private inline = 0;
  private run = 0;
  private runMark = 0;
  private runBeganLine = false;
  /** True while the line has only characters that may come before a fence. */
  private atLineStart = true;
  private lineIsBlank = true;

  /** True if only a line break, a backtick or a tilde can change the state. */
  get isWithinLine(): boolean {
    return this.run === 0 && !this.atLineStart;
  }

  /** True if the next character would be inside code. */
  get inCode(): boolean {
    if (this.run === 0) return this.fence > 0 || this.inline > 0;
    // Backticks at the end of the text count as a complete run.
    if (this.fence > 0) return !this.closesFence();
    if (this.opensFence()) return true;
    return this.runMark === backtick && (this.inline === 0 || this.inline !== this.run);
  }

  /** Adds text. */
  feed(text: string): void {
    let { isWithinLine } = this;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      // The fast path for nearly all characters.
      if (isWithinLine && code !== newline && code !== backtick && code !== tilde) continue;
      this.step(code);
      ({ isWithinLine } = this);
    }
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
      // A blank line ends the paragraph and so its inline code.
      if (this.lineIsBlank) this.inline = 0;
      this.atLineStart = true;
      this.lineIsBlank = true;
      return;
    }
    const isBlank = code === 0x20 || code === 0x09 || code === 0x0d;
    if (!isBlank) this.lineIsBlank = false;
    // Spaces, `>`, `-`, `*`, `+`, digits and dots are markers of block quotes and lists.
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
