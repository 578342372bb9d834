/**
 * Brings streamed text into the form that the Markdown parser reads: only `\n` as line end, and U+FFFD instead of NUL.
 * A character that depends on the next piece (a `\r` that may begin `\r\n`, the first half of a surrogate pair) is held
 * back.
 */
export class SourceNormaliser {
  private waiting = '';

  /** Takes the next piece and returns the text that is certain by now. */
  push(text: string): string {
    const joined = this.waiting + text;
    const last = joined.charCodeAt(joined.length - 1);
    const waits = last === 0x0d || (last >= 0xd800 && last <= 0xdbff) ? 1 : 0;
    this.waiting = joined.slice(joined.length - waits);
    return normalise(joined.slice(0, joined.length - waits));
  }

  /** Returns the text that was held back. To be called after the last piece. */
  end(): string {
    const rest = normalise(this.waiting);
    this.waiting = '';
    return rest;
  }
}

function normalise(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}
