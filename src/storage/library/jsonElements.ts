import { ImportProblem } from '../../core/exchange/importProblem';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/**
 * Yields the elements of a JSON array, or the one value that is not an array. Parses them one by one, because a large export
 * does not fit into a string.
 *
 * @throws `ImportProblem` (`no-json`) if the bytes are not valid JSON.
 */
export function* jsonElements(bytes: Uint8Array): Generator {
  const start = firstByte(bytes);
  if (bytes[start] !== 0x5b) {
    yield parse(bytes.subarray(start));
    return;
  }
  let depth = 0;
  let from = start + 1;
  for (let index = start; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === quote) index = stringEnd(bytes, index);
    else if (opening.has(byte)) depth += 1;
    else if (byte === comma && depth === 1) {
      yield parse(bytes.subarray(from, index));
      from = index + 1;
    } else if (closing.has(byte)) {
      depth -= 1;
      if (depth > 0) continue;
      const last = bytes.subarray(from, index);
      if (byte !== 0x5d || firstByte(bytes, index + 1) < bytes.length) throw new ImportProblem('no-json');
      if (from > start + 1 || firstByte(last) < last.length) yield parse(last);
      return;
    }
  }
  throw new ImportProblem('no-json');
}

function stringEnd(bytes: Uint8Array, start: number): number {
  let index = start + 1;
  while (index < bytes.length && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1;
  return index;
}

/** The index of the first byte after white space and a byte order mark. */
function firstByte(bytes: Uint8Array, from = 0): number {
  let index = from;
  if (index === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) index = 3;
  while (index < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[index] ?? 0)) index += 1;
  return index;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new ImportProblem('no-json');
  }
}
