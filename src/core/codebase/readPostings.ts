/** How often a term is in a chunk, in two bits: 1, 2, 3 to 5, and more often. */
const frequencies = Float32Array.of(1, 2, 4, 8);

/** Writes how often a term is in a chunk, in two bits. */
export function frequencyCode(count: number): number {
  if (count < 3) return count - 1;
  return count < 6 ? 2 : 3;
}

/** How often a term is in a chunk, from its two bits. */
export function frequencyOf(code: number): number {
  return frequencies[code & 3] ?? 1;
}

/**
 * Appends the list of one term. For each chunk that holds the term, the distance to the chunk before and two bits of frequency
 * are one number of one or two bytes: seven bits each, the highest bit says that another byte follows.
 *
 * @param entries `chunk * 4 + frequencyCode`, ascending, with chunks below 2,048.
 * @returns The end of the list in `bytes`.
 */
export function writePostings(entries: readonly number[], bytes: Uint8Array, start: number): number {
  let at = start;
  let before = 0;
  for (const entry of entries) {
    const chunk = entry >> 2;
    const number = ((chunk - before) << 2) | (entry & 3);
    before = chunk;
    if (number >= 0x80) {
      bytes[at] = 0x80 | (number & 0x7f);
      bytes[at + 1] = number >> 7;
      at += 2;
    } else {
      bytes[at] = number;
      at += 1;
    }
  }
  return at;
}

/** Reads a list of `writePostings` into `chunks` and `codes`. Returns how many entries it has. */
export function readPostings(
  bytes: Uint8Array,
  start: number,
  end: number,
  chunks: Uint16Array,
  codes: Uint8Array,
): number {
  let entries = 0;
  let chunk = 0;
  for (let at = start; at < end; at += 1) {
    let number = bytes[at] ?? 0;
    if (number >= 0x80) {
      at += 1;
      number = (number & 0x7f) | ((bytes[at] ?? 0) << 7);
    }
    chunk += number >> 2;
    chunks[entries] = chunk;
    codes[entries] = number & 3;
    entries += 1;
  }
  return entries;
}

/** How many entries a list of `writePostings` has: each entry has one byte below 128. */
export function countPostings(bytes: Uint8Array, start: number, end: number): number {
  let entries = 0;
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) < 0x80) entries += 1;
  return entries;
}
