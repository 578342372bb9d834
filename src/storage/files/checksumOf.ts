import { crc32 } from 'node:zlib';

/** Digits of a checksum. */
export const checksumLength = 8;

/** CRC-32 of bytes, or of a text's UTF-8, as 8 hexadecimal digits. Tells damage, not malice. */
export function checksumOf(content: Buffer | string): string {
  return crc32(content).toString(16).padStart(checksumLength, '0');
}
