import { crc32 } from 'node:zlib';

/** A line of a journal, without its end, with whatever is in it: also what no version of ours would write. */
export function encodeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}`;
}
