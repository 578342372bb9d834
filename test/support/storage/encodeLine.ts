import { crc32 } from 'node:zlib';

/** Encodes a line of a journal without its line end. The value may be one that no version of Parley writes. */
export function encodeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}`;
}
