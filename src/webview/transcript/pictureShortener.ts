/** So many characters of a picture's data stay in the text, for its link. */
const kept = 1_000;
/** What the beginning of a picture in Markdown looks like, as far as its data; each part is short. */
const opening = /\]\(\s{0,3}<?data:image\/[\w.+-]{1,40}(?:;[\w=.-]{1,40}){0,3}$/i;
const longestOpening = 250;
const mark = ';base64,';
const data = /[^A-Za-z0-9+/=_-]/g;

/**
 * Leaves most of a picture's data out of a text that comes in pieces. A picture that an image model writes into its answer
 * has millions of characters, is shown below the text as media, and nobody reads its data. Code stays as it is.
 */
export class PictureShortener {
  /** The end of what came before. */
  private recent = '';
  /** Characters of data so far; -1 outside of a picture. */
  private length = -1;
  /** The beginning of the line that is coming. */
  private line = '';
  private fence = '';

  /** Returns what of the next piece is to be drawn. */
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

  /** Where the data of the next picture begins; undefined for nowhere in this text. */
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

  /** A line of backticks or tildes opens code, one that is as long closes it. */
  private endLine(): void {
    const [, run = ''] = /^[\s>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])\s{1,4})?(`{3,}|~{3,})/.exec(this.line) ?? [];
    if (this.fence === '') this.fence = run;
    else if (run.startsWith(this.fence)) this.fence = '';
  }
}
