import { crc32 } from 'node:zlib';

/** The number of digits of a checksum. */
export const checksumLength = 8;

const beforeChecksum = '{"checksum":"';
const afterChecksum = '","content":';
const end = '}\n';
const contentStart = beforeChecksum.length + checksumLength + afterChecksum.length;

/** The CRC-32 of bytes, or of the UTF-8 of a text, as 8 hexadecimal digits. Detects damage, not manipulation. */
export function checksumOf(content: Buffer | string): string {
  return crc32(content).toString(16).padStart(checksumLength, '0');
}

/** Writes a value as JSON with a checksum, so that `readCheckedJson` detects every changed byte. */
export function toCheckedJson(content: unknown): string {
  const json = JSON.stringify(content);
  return beforeChecksum + checksumOf(json) + afterChecksum + json + end;
}

/** Reads the result of `toCheckedJson`. Throws an `Error` if the text has changed. */
export function readCheckedJson(text: string): unknown {
  const json = text.slice(contentStart, -end.length);
  // A comparison with one joined string would copy the text.
  const isWhole =
    text.startsWith(beforeChecksum) &&
    text.startsWith(checksumOf(json) + afterChecksum, beforeChecksum.length) &&
    text.length === contentStart + json.length + end.length &&
    text.endsWith(end);
  if (!isWhole) throw new Error('The file is damaged.');
  return JSON.parse(json) as unknown;
}
