import type { FileHandle } from '../files/fileSystem';
import { couldBeLine, lineEnd, longestLine } from './journalLine';

const chunkSize = 256 * 1024;

/**
 * Calls `onLine` for each line from byte `from` to the end of the file, without the line end. Skips empty lines. Keeps one
 * line in memory at a time. For bytes that cannot be a line of a journal, or that are too long, `onLine` gets only their
 * beginning. Resolves with the number of bytes that were read.
 *
 * @param onLine `line` is valid only until the function returns. `isEnded` is false for a last line without a line end.
 */
export async function readLines(
  handle: FileHandle,
  from: number,
  onLine: (line: Buffer, isEnded: boolean) => void,
): Promise<number> {
  const buffer = Buffer.allocUnsafe(chunkSize);
  const begun = new BegunLine();
  let position = from;
  for (;;) {
    const length = await handle.read(buffer, position);
    if (length === 0) break;
    position += length;
    const chunk = buffer.subarray(0, length);
    let start = 0;
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, start)) {
      const line = begun.finish(chunk.subarray(start, end));
      if (line.length > 0) onLine(line, true);
      start = end + 1;
    }
    begun.keep(chunk.subarray(start));
  }
  const last = begun.finish(Buffer.alloc(0));
  if (last.length > 0) onLine(last, false);
  return position - from;
}

/** A line whose end has not been read yet. */
class BegunLine {
  private pieces: Buffer[] = [];
  private length = 0;
  /** True if the bytes so far show that the line is damaged, so that the rest is not kept. */
  private isHopeless = false;

  keep(piece: Buffer): void {
    if (piece.length === 0 || this.isHopeless) return;
    this.pieces.push(Buffer.from(piece));
    this.length += piece.length;
    this.isHopeless = this.length > longestLine || !couldBeLine(this.pieces[0] ?? piece);
  }

  finish(piece: Buffer): Buffer {
    if (this.length === 0) return piece;
    const line = Buffer.concat(this.isHopeless ? this.pieces : [...this.pieces, piece]);
    this.pieces = [];
    this.length = 0;
    this.isHopeless = false;
    return line;
  }
}
