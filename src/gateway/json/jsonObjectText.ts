const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * The text of a JSON object that arrives in pieces. Reads each character once and parses only when the last bracket is
 * closed, so that `isComplete` costs little after each of a million pieces.
 */
export class JsonObjectText {
  private read = '';
  private state: 'before' | 'inside' | 'closed' | 'broken' = 'before';
  private depth = 0;
  private inString = false;
  private escaped = false;
  private isObject: boolean | undefined;

  constructor(text = '') {
    this.add(text);
  }

  /** All pieces so far. */
  get text(): string {
    return this.read;
  }

  /** True if the text so far is one complete, valid JSON object. */
  get isComplete(): boolean {
    if (this.state !== 'closed') return false;
    return (this.isObject ??= isJson(this.read));
  }

  add(piece: string): void {
    this.read += piece;
    for (let at = 0; at < piece.length && this.state !== 'broken'; at += 1) this.step(piece.charCodeAt(at));
  }

  private step(code: number): void {
    if (this.state === 'inside') {
      if (this.inString) this.stepInString(code);
      else if (code === quote) this.inString = true;
      else if (code === openBrace || code === openBracket) this.depth += 1;
      else if (code === closeBrace || code === closeBracket) this.leave();
    } else if (!isBlank(code)) {
      const begins = this.state === 'before' && code === openBrace;
      this.state = begins ? 'inside' : 'broken';
      this.depth = 1;
    }
  }

  private stepInString(code: number): void {
    if (this.escaped) this.escaped = false;
    else if (code === backslash) this.escaped = true;
    else if (code === quote) this.inString = false;
  }

  private leave(): void {
    this.depth -= 1;
    if (this.depth === 0) this.state = 'closed';
  }
}

/** White space in JSON (RFC 8259, section 2). */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Invalid JSON is an expected result here.
    return false;
  }
}
