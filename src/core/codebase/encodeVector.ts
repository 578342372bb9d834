/** The largest code of a vector in bytes. Its scale has four more. */
const largestCode = 768;

const mostBits = 8;

/**
 * The best distance between two levels for a normal distribution with the deviation 1, by the number of bits. From J. Max,
 * "Quantizing for minimum distortion", 1960, table II.
 */
const steps = [Number.NaN, 1.5956, 0.9957, 0.586, 0.3352, 0.1881, 0.1041, 0.0569, 0.0308];

/** How many coordinates the first, coarse estimate uses. */
const coarseCoordinates = 512;

/** How the vectors of one width are written. */
export interface CodeLayout {
  /** The number of coordinates, a multiple of 64. */
  readonly coordinates: number;
  /** Bits for each coordinate, from 8 for up to 768 coordinates to 1 for more than 3,072. */
  readonly bits: number;
  /** Bytes of one bit of all coordinates. */
  readonly plane: number;
  /** Bytes of one code. */
  readonly size: number;
}

/** The layout for rotated vectors with this many coordinates; see `Rotation`. For 0, codes have no bytes. */
export function layoutFor(coordinates: number): CodeLayout {
  if (coordinates === 0) return { coordinates, bits: 0, plane: 0, size: 0 };
  const bits = Math.max(1, Math.min(mostBits, Math.floor((largestCode * 8) / coordinates)));
  const plane = coordinates / 8;
  return { coordinates, bits, plane, size: bits * plane };
}

/**
 * Writes a rotated vector of length 1 into `code`, and returns its scale. Each coordinate becomes a level; first come the
 * highest bits of all levels (the signs), then the next bits, and so on. The scale corrects the length of the written vector,
 * so that estimates are right on average. It is 0 for a vector of zeros, which is then similar to no other.
 */
export function encodeVector(vector: Float32Array, layout: CodeLayout, code: Uint8Array): number {
  const { bits, plane } = layout;
  const step = (steps[bits] ?? 1) / Math.sqrt(layout.coordinates);
  const half = 1 << (bits - 1);
  let product = 0;
  code.fill(0);
  // Loops over entries would take several times as long.
  for (let index = 0; index < vector.length; index += 1) {
    const coordinate = vector[index] ?? 0;
    const level = Math.max(0, Math.min(2 * half - 1, Math.floor(coordinate / step) + half));
    product += coordinate * (level - half + 0.5) * step;
    for (let bit = 0; bit < bits; bit += 1) {
      if (((level >> (bits - 1 - bit)) & 1) === 0) continue;
      const at = bit * plane + (index >> 3);
      code[at] = (code[at] ?? 0) | (1 << (index & 7));
    }
  }
  // Only the kept coordinates of a very wide vector are written, so its length may be below 1. That is its part of the product.
  return product > 0 ? step / product : 0;
}

/**
 * Estimates the similarity of one query to many codes. A table holds, for each byte of a plane, the sum of the query's
 * coordinates at the bits that are set: one table look-up replaces eight multiplications.
 */
export class QueryTable {
  private readonly sums: Float32Array;
  private readonly coarsePlane: number;
  private readonly total: number;

  /** @param query A rotated vector of length 1. */
  constructor(
    query: Float32Array,
    private readonly layout: CodeLayout,
  ) {
    this.coarsePlane = Math.min(coarseCoordinates / 8, layout.plane);
    this.sums = new Float32Array(layout.plane * 256);
    for (let byte = 0; byte < layout.plane; byte += 1) {
      const start = byte * 256;
      for (let value = 1; value < 256; value += 1) {
        const lowest = 31 - Math.clz32(value & -value);
        this.sums[start + value] =
          (this.sums[start + (value & (value - 1))] ?? 0) + (query[byte * 8 + lowest] ?? 0);
      }
    }
    let total = 0;
    for (const coordinate of query) total += coordinate;
    this.total = total;
  }

  /**
   * Writes a coarse estimate for each code: from the signs of at most 512 coordinates. Only their order means something.
   *
   * @param planes The planes of `count` codes; see `arrangePlanes`.
   */
  estimateCoarsely(planes: Uint8Array, count: number, estimates: Float32Array): void {
    const { coarsePlane } = this;
    const { plane } = this.layout;
    for (let index = 0; index < count; index += 1) {
      estimates[index] = this.sumPlane(planes, index * plane, coarsePlane);
    }
  }

  /** The estimated cosine of the query and one of `count` codes, from their planes. 0 for a scale of 0. */
  similarity(planes: Uint8Array, count: number, index: number, scale: number): number {
    const { bits, plane } = this.layout;
    let weighted = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      weighted = weighted * 2 + this.sumPlane(planes, (bit * count + index) * plane, plane);
    }
    return scale * (weighted - ((1 << bits) - 1) * 0.5 * this.total);
  }

  /** The sum of the query's coordinates at the bits that are set in `length` bytes of a plane, a multiple of 4. */
  private sumPlane(planes: Uint8Array, start: number, length: number): number {
    const { sums } = this;
    // Four sums at a time need not wait for each other.
    let sum = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let byte = 0; byte < length; byte += 4) {
      const at = start + byte;
      const table = byte << 8;
      sum += sums[table | (planes[at] ?? 0)] ?? 0;
      second += sums[(table + 256) | (planes[at + 1] ?? 0)] ?? 0;
      third += sums[(table + 512) | (planes[at + 2] ?? 0)] ?? 0;
      fourth += sums[(table + 768) | (planes[at + 3] ?? 0)] ?? 0;
    }
    return sum + second + third + fourth;
  }
}
