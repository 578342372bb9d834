const firstSize = 65_536;

/**
 * Collects a body. Pieces are copied together instead of kept: a gateway may send each byte as a piece of its own, and
 * such a piece weighs a hundred bytes.
 */
export class ByteCollector {
  private buffer = Buffer.allocUnsafe(0);
  private length = 0;

  /** `limit` in bytes. */
  constructor(private readonly limit: number) {}

  /** All that came. A view: it changes with the next `add`. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  /** Adds a piece. Returns false, and adds nothing, when that would be more than the limit. */
  add(piece: Uint8Array): boolean {
    const length = this.length + piece.length;
    if (length > this.limit) return false;
    if (length > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.buffer.length, firstSize));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    this.buffer.set(piece, this.length);
    this.length = length;
    return true;
  }
}
