import { closesFence } from '../parse/countClosedBlocks';

/** The effect of one piece of text on an open fence. */
interface FenceStep {
  /** Final code: whole lines with their line ends. */
  readonly code: string;
  /** Code of the incomplete last line. It replaces the one of the step before. */
  readonly partial: string;
  /** The source after the closing line; undefined while the fence is open. */
  readonly rest: string | undefined;
}

/** Reads the lines of an open top-level fence without parsing Markdown. */
export class OpenFence {
  private readonly markup: string;
  private readonly indent: number;
  private line = '';

  /** @param opener The opening line, without its line end. */
  constructor(opener: string) {
    const [, spaces = '', markup = ''] = /^( {0,3})(`+|~+)/.exec(opener) ?? [];
    this.indent = spaces.length;
    this.markup = markup;
  }

  /** Reads the next piece of source. */
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

  /** To be called after the last piece. Returns the code of the last line, or '' if that line is blank or closes the fence. */
  end(): string {
    const isCode = !/^[ \t]*$/.test(this.line) && !closesFence(this.line, this.markup);
    return isCode ? this.withoutIndent(this.line) : '';
  }

  private mayClose(): boolean {
    const marker = this.markup.charAt(0);
    return /^ {0,3}(`*|~*)[ \t]*$/.test(this.line) && !this.line.replaceAll(marker, '').trim();
  }

  /** Removes as many columns of leading white space as the opening line had (CommonMark 0.31.2, section 4.5). */
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
