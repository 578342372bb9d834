/** The size of the first buffer, in bytes. */
const firstSize = 65_536;

/**
 * Collects the bytes of a body in one buffer. A list of pieces would need much more memory, because a gateway may send each
 * byte separately, and every piece has an overhead of about a hundred bytes.
 */
export class ByteCollector {
  private buffer = Buffer.allocUnsafe(0);
  private length = 0;

  /** @param limit The largest size, in bytes. */
  constructor(private readonly limit: number) {}

  /** All bytes so far. A view of the buffer, which is valid until the next `add`. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  /** Adds bytes. Returns false and adds nothing if the result would be larger than the limit. */
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
