/** How many characters of a picture's data stay in the text, for its link. */
const kept = 1_000;
/** The beginning of a picture in Markdown, up to its data. Each part is short. */
const opening = /\]\(\s{0,3}<?data:image\/[\w.+-]{1,40}(?:;[\w=.-]{1,40}){0,3}$/i;
const longestOpening = 250;
const mark = ';base64,';
const data = /[^A-Za-z0-9+/=_-]/g;

/**
 * Removes most of a picture's data from a text that arrives in pieces. A picture that an image model writes into its
 * answer has millions of characters and is displayed below the text as media. Code stays unchanged.
 */
export class PictureShortener {
  /** The end of the text before. */
  private recent = '';
  /** Characters of data so far; -1 outside a picture. */
  private length = -1;
  /** The beginning of the current line. */
  private line = '';
  private fence = '';

  /** Returns the part of the next piece that is drawn. */
  push(text: string): string {
    let drawn = '';
    let rest = text;
    while (rest !== '') {
      if (this.length >= 0) {
        data.lastIndex = 0;
        const end = data.exec(rest)?.index ?? rest.length;
        drawn += rest.slice(0, Math.min(end, Math.max(0, kept - this.length)));
        this.length = end < rest.length ? -1 : this.length + end;
        rest = rest.slice(end);
        continue;
      }
      const begin = this.beginOfData(rest);
      const words = rest.slice(0, begin);
      drawn += words;
      this.readLines(words);
      this.recent = (this.recent + words).slice(-longestOpening);
      if (begin !== undefined) this.length = 0;
      rest = rest.slice(words.length);
    }
    return drawn;
  }

  /** The position of the next picture's data in this text; undefined if there is none. */
  private beginOfData(text: string): number | undefined {
    const joined = this.recent + text;
    const offset = this.recent.length;
    for (
      let at = joined.indexOf(mark, Math.max(0, offset - mark.length + 1));
      at !== -1;
      at = joined.indexOf(mark, at + 1)
    ) {
      const before = joined.slice(Math.max(0, at - longestOpening), at);
      if (opening.test(before) && !this.isCodeAt(text.slice(0, Math.max(0, at - offset))))
        return at + mark.length - offset;
    }
    return undefined;
  }

  private isCodeAt(text: string): boolean {
    const before = { line: this.line, fence: this.fence };
    this.readLines(text);
    const isCode = this.fence !== '';
    Object.assign(this, before);
    return isCode;
  }

  private readLines(text: string): void {
    const [first = '', ...lines] = text.split('\n');
    this.line = (this.line + first.slice(0, 200)).slice(0, 200);
    for (const next of lines) {
      this.endLine();
      this.line = next.slice(0, 200);
    }
  }

  /** A line of backticks or tildes opens code; one of the same length closes it. */
  private endLine(): void {
    const [, run = ''] = /^[\s>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])\s{1,4})?(`{3,}|~{3,})/.exec(this.line) ?? [];
    if (this.fence === '') this.fence = run;
    else if (run.startsWith(this.fence)) this.fence = '';
  }
}
