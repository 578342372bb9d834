import { crc32 } from 'node:zlib';
import { readSegment, type Segment } from '../../core/codebase/segment';

/** `PARLEYC1`: the last character is the version of the frame. */
const magic = Buffer.from('PARLEYC1', 'latin1');

/** The magic number, the checksum in 4 bytes, and 4 bytes that are 0: the segment then begins at a multiple of 8. */
const frameLength = 16;

/** The content of a segment's file: the segment behind a CRC-32, so that each changed or missing byte is detected. */
export function toSegmentFile({ bytes }: Segment): Uint8Array {
  const file = Buffer.alloc(frameLength + bytes.length);
  magic.copy(file);
  file.writeUInt32LE(crc32(bytes), magic.length);
  file.set(bytes, frameLength);
  return file;
}

/** Reads the result of `toSegmentFile`. Throws an `Error` if it has changed or is of another version. */
export function readSegmentFile(file: Uint8Array): Segment {
  const head = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, frameLength));
  if (head.length < frameLength || !head.subarray(0, magic.length).equals(magic))
    throw new Error('The file is not a segment.');
  // A copy, because the numbers must begin at a multiple of 8.
  const bytes = new Uint8Array(file.subarray(frameLength));
  const isWhole =
    head.readUInt32LE(magic.length) === crc32(bytes) && head.readUInt32LE(magic.length + 4) === 0;
  if (!isWhole) throw new Error('The segment is damaged.');
  return readSegment(bytes);
}
