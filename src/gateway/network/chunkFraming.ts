/** A longer size line, with its extensions, is no framing. In bytes. */
const longestLine = 4_096;
/** A chunk of more bytes than eight digits can say does not exist. */
const sizeLine = /^[ \t]{0,100}0{0,100}([0-9a-f]{1,8})[ \t]{0,100}(?:;[^\r\n]{0,4096})?$/i;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Writes the framing of a chunked body as RFC 9112 wants it, for servers that end their size lines with LF alone. curl reads such
 * a body; undici's parser does not, and it has no option for that.
 *
 * The first size line decides: if it ends with CR LF, all bytes pass through as they came. The data of the chunks is never
 * changed. Framing that makes no sense passes through too, and the parser then refuses it.
 */
export class ChunkFraming {
  private state: 'undecided' | 'size' | 'data' | 'data-end' | 'trailer' | 'as-it-came' = 'undecided';
  /** The beginning of a line whose end has not come. */
  private line: number[] = [];
  /** Bytes of the chunk that are still to come. */
  private left = 0;

  /** True once all that follows passes through as it came. */
  get isOver(): boolean {
    return this.state === 'as-it-came';
  }

  /** Takes the next bytes of the body. Returns what the parser gets, which may be nothing. */
  repair(bytes: Buffer): Buffer {
    const written: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.state === 'as-it-came') {
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
      this.state = 'as-it-came';
    }
    this.line = [];
    return Buffer.from(`${text}\r\n`, 'latin1');
  }

  /** From here on all bytes pass through. */
  private giveUp(): Buffer {
    const held = Buffer.from(this.line);
    this.line = [];
    this.state = 'as-it-came';
    return held;
  }
}
