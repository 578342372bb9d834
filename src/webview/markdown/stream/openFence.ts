import { closesFence } from '../parse/countClosedBlocks';

/** What one piece of text did to an open fence. */
export interface FenceStep {
  /** Code that is certain now: whole lines with their line end. */
  readonly code: string;
  /** Code of the line that is still coming, to be shown for now; replaces the one before. */
  readonly partial: string;
  /** Set when the fence was closed: the source after the closing line. */
  readonly rest: string | undefined;
}

/** Takes the lines of an open top-level fence without parsing Markdown. */
export class OpenFence {
  private readonly markup: string;
  private readonly indent: number;
  private line = '';

  /** @param opener The line that opened it, without line end. */
  constructor(opener: string) {
    const [, spaces = '', markup = ''] = /^( {0,3})(`+|~+)/.exec(opener) ?? [];
    this.indent = spaces.length;
    this.markup = markup;
  }

  /** Takes the next piece of source. */
  push(text: string): FenceStep {
    const source = this.line + text;
    let code = '';
    let start = 0;
    for (let end = source.indexOf('\n'); end !== -1; end = source.indexOf('\n', start)) {
      const line = source.slice(start, end);
      start = end + 1;
      if (closesFence(line, this.markup)) {
        this.line = '';
        return { code, partial: '', rest: source.slice(start) };
      }
      code += `${this.withoutIndent(line)}\n`;
    }
    this.line = source.slice(start);
    return { code, partial: this.mayClose() ? '' : this.withoutIndent(this.line), rest: undefined };
  }

  /** No more text: returns the last line's code, unless that line closes the fence or is blank. */
  end(): string {
    const isCode = !/^[ \t]*$/.test(this.line) && !closesFence(this.line, this.markup);
    return isCode ? this.withoutIndent(this.line) : '';
  }

  private mayClose(): boolean {
    const marker = this.markup.charAt(0);
    return /^ {0,3}(`*|~*)[ \t]*$/.test(this.line) && !this.line.replaceAll(marker, '').trim();
  }

  /** As many columns of leading white space as the opener had are not part of the code. */
  private withoutIndent(line: string): string {
    let columns = 0;
    let position = 0;
    while (columns < this.indent && position < line.length) {
      const character = line.charAt(position);
      if (character === ' ') columns += 1;
      else if (character === '\t') columns += 4 - (columns % 4);
      else break;
      position += 1;
    }
    return ' '.repeat(Math.max(0, columns - this.indent)) + line.slice(position);
  }
}
