import type { FileHandle } from './fileSystem';

const chunkSize = 256 * 1024;
/** Longer than any line that Parley writes. What has no line end for so long is garbage. */
const longestLine = 64 * 1024 * 1024;
const lineEnd = 0x0a;

/**
 * Calls `onLine` for each line from byte `from` to the end, without its line end; empty lines are
 * left out, a last line without an end is not. Holds one line in memory at a time: the bytes given
 * to `onLine` are its own only until it returns. Of an overlong line comes only the beginning.
 */
export async function readLines(
  handle: FileHandle,
  from: number,
  onLine: (line: Buffer) => void,
): Promise<void> {
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
      if (line.length > 0) onLine(line);
      start = end + 1;
    }
    begun.keep(chunk.subarray(start));
  }
  const last = begun.finish(Buffer.alloc(0));
  if (last.length > 0) onLine(last);
}

/** The line whose end did not come yet. */
class BegunLine {
  private pieces: Buffer[] = [];
  private length = 0;

  keep(piece: Buffer): void {
    if (piece.length === 0 || this.length > longestLine) return;
    this.pieces.push(Buffer.from(piece));
    this.length += piece.length;
  }

  finish(piece: Buffer): Buffer {
    if (this.length === 0) return piece;
    const line = Buffer.concat([...this.pieces, piece]);
    this.pieces = [];
    this.length = 0;
    return line;
  }
}
