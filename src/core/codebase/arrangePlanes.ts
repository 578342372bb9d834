import type { CodeLayout } from './encodeVector';

/**
 * Writes codes plane by plane: first the signs of all codes, then the next bits of all codes, and so on. A search reads a part of
 * the signs of each code. When the signs of all codes are neighbours, the processor fetches them in advance; with whole codes one
 * after another, the first estimate of a search takes three times as long.
 *
 * @param codes Whole codes, one after another; see `encodeVector`.
 * @param count How many codes there are.
 * @param planes Where the planes are written.
 */
export function arrangePlanes(
  codes: Uint8Array,
  count: number,
  { bits, plane, size }: CodeLayout,
  planes: Uint8Array,
): void {
  for (let bit = 0; bit < bits; bit += 1) {
    for (let index = 0; index < count; index += 1) {
      const from = index * size + bit * plane;
      planes.set(codes.subarray(from, from + plane), (bit * count + index) * plane);
    }
  }
}

/** A whole code from the planes of `count` codes. */
export function readCode(
  planes: Uint8Array,
  count: number,
  { bits, plane, size }: CodeLayout,
  index: number,
): Uint8Array {
  const code = new Uint8Array(size);
  for (let bit = 0; bit < bits; bit += 1) {
    const from = (bit * count + index) * plane;
    code.set(planes.subarray(from, from + plane), bit * plane);
  }
  return code;
}
