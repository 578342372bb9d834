/** Blocks of a vector's coordinates have at least this size, because codes pack eight coordinates in a byte. */
const smallestBlock = 64;

/** A wider vector keeps only its first coordinates after the rotation, so that its code stays within its limit. */
const mostKept = 6_144;

const rounds = 2;

/**
 * A fixed rotation of vectors of one width: random signs and a Hadamard transform, twice. Dot products stay the same, and each
 * coordinate then has a similar size and tells equally much, so that a few bits per coordinate are enough and the first
 * coordinates alone give an estimate. The rotation depends on the width only: codes on the disk stay comparable.
 */
export class Rotation {
  /** How many coordinates a rotated vector has; a multiple of 64. */
  readonly kept: number;
  private readonly padded: number;
  private readonly block: number;
  private readonly signs: readonly Int8Array[];

  /** @param width How many coordinates the vectors have. */
  constructor(readonly width: number) {
    this.padded = Math.max(1, Math.ceil(width / smallestBlock)) * smallestBlock;
    // The largest power of two that divides the width.
    this.block = this.padded & -this.padded;
    this.kept = Math.min(this.padded, mostKept);
    let state = 0x9e3779b9;
    const nextSign = (): number => {
      // xorshift32
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state < 0 ? -1 : 1;
    };
    this.signs = Array.from({ length: rounds }, () => Int8Array.from({ length: this.padded }, nextSign));
  }

  /** Rotates a vector, and scales it to the length 1. A vector of zeros stays as it is. */
  rotate(vector: Float32Array): Float32Array {
    let current = new Float32Array(this.padded);
    let square = 0;
    for (const coordinate of vector) square += coordinate * coordinate;
    const factor = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (const [index, coordinate] of vector.entries()) current[index] = coordinate * factor;
    for (const [round, signs] of this.signs.entries()) {
      if (round > 0) current = this.mixBlocks(current);
      for (const [index, sign] of signs.entries()) current[index] = (current[index] ?? 0) * sign;
      for (let start = 0; start < this.padded; start += this.block)
        transform(current.subarray(start, start + this.block));
    }
    return current.subarray(0, this.kept);
  }

  /** Deals the coordinates of each block out to all blocks. */
  private mixBlocks(vector: Float32Array): Float32Array<ArrayBuffer> {
    const blocks = this.padded / this.block;
    const mixed = new Float32Array(this.padded);
    for (const [index, coordinate] of vector.entries())
      mixed[(index % blocks) * this.block + Math.floor(index / blocks)] = coordinate;
    return mixed;
  }
}

/** The Hadamard transform in place, scaled so that lengths stay the same. The size is a power of two. */
function transform(values: Float32Array): void {
  const size = values.length;
  for (let half = 1; half < size; half *= 2) {
    for (let start = 0; start < size; start += half * 2) {
      for (let low = start; low < start + half; low += 1) {
        const one = values[low] ?? 0;
        const other = values[low + half] ?? 0;
        values[low] = one + other;
        values[low + half] = one - other;
      }
    }
  }
  const factor = 1 / Math.sqrt(size);
  for (let index = 0; index < size; index += 1) values[index] = (values[index] ?? 0) * factor;
}
