/**
 * Brings streamed text into the form that the Markdown grammar reads: `\n` line ends only, U+FFFD in
 * place of NUL. What cannot be decided before the next piece (a `\r` that may belong to `\r\n`, the
 * first half of a surrogate pair) waits.
 */
export class SourceNormaliser {
  private waiting = '';

  /** Takes the next piece and returns what is certain by now. */
  push(text: string): string {
    const joined = this.waiting + text;
    const last = joined.charCodeAt(joined.length - 1);
    const waits = last === 0x0d || (last >= 0xd800 && last <= 0xdbff) ? 1 : 0;
    this.waiting = joined.slice(joined.length - waits);
    return normalise(joined.slice(0, joined.length - waits));
  }

  /** Returns what still waited; nothing more will come. */
  end(): string {
    const rest = normalise(this.waiting);
    this.waiting = '';
    return rest;
  }
}

function normalise(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}
