/** The longest size line with its extensions, in bytes. */
const longestLine = 4_096;
/** A size line with at most eight digits; a larger chunk is invalid. */
const sizeLine = /^[ \t]{0,100}0{0,100}([0-9a-f]{1,8})[ \t]{0,100}(?:;[^\r\n]{0,4096})?$/i;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Corrects the framing of a chunked body (RFC 9112, section 7.1) from servers that end size lines with LF only. curl reads such
 * a body; the parser of undici rejects it and has no option for that.
 *
 * If the first size line ends with CR LF, all bytes pass through unchanged. The data of the chunks never changes. Invalid framing
 * also passes through, so that the parser rejects it.
 */
export class ChunkFraming {
  private state: 'undecided' | 'size' | 'data' | 'data-end' | 'trailer' | 'pass-through' = 'undecided';
  /** The beginning of an incomplete line. */
  private line: number[] = [];
  /** The remaining bytes of the current chunk. */
  private left = 0;

  /** True if all further bytes pass through unchanged. */
  get isOver(): boolean {
    return this.state === 'pass-through';
  }

  /** Adds bytes of the body. Returns the bytes for the parser, which may be none. */
  repair(bytes: Buffer): Buffer {
    const written: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.state === 'pass-through') {
        written.push(bytes.subarray(at));
        break;
      }
      if (this.state === 'data') {
        const data = bytes.subarray(at, at + this.left);
        written.push(data);
        at += data.length;
        this.left -= data.length;
        if (this.left === 0) this.state = 'data-end';
        continue;
      }
      const byte = bytes[at++] ?? 0;
      this.line.push(byte);
      if (byte === lineFeed) written.push(this.readLine());
      else if (this.line.length > longestLine) written.push(this.giveUp());
    }
    return written.length === 1 && written[0] !== undefined ? written[0] : Buffer.concat(written);
  }

  private readLine(): Buffer {
    const hasReturn = this.line.at(-2) === carriageReturn;
    if (this.state === 'undecided' && hasReturn) return this.giveUp();
    const text = Buffer.from(this.line)
      .toString('latin1')
      .replace(/\r?\n$/, '');
    if (this.state === 'undecided' || this.state === 'size') {
      const size = sizeLine.exec(text)?.[1];
      if (size === undefined) return this.giveUp();
      this.left = Number.parseInt(size, 16);
      this.state = this.left === 0 ? 'trailer' : 'data';
    } else if (this.state === 'data-end') {
      if (text !== '') return this.giveUp();
      this.state = 'size';
    } else if (text === '') {
      this.state = 'pass-through';
    }
    this.line = [];
    return Buffer.from(`${text}\r\n`, 'latin1');
  }

  /** Lets all further bytes pass through, starting with the incomplete line. */
  private giveUp(): Buffer {
    const held = Buffer.from(this.line);
    this.line = [];
    this.state = 'pass-through';
    return held;
  }
}
