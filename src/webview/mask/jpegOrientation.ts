/** How much of a file is searched. The tag is in one of the first segments, each of which has at most 64 KB. */
const searched = 256 * 1024;
const orientationTag = 0x0112;

/**
 * How a JPEG is to be turned before it is shown: 1 for not at all, 2 to 8 as in Exif 2.3, section 4.6.4. 1 for other files, and for a
 * JPEG that does not say it.
 */
export function jpegOrientation(file: ArrayBuffer): number {
  const bytes = new DataView(file, 0, Math.min(searched, file.byteLength));
  if (bytes.byteLength < 4 || bytes.getUint16(0) !== 0xffd8) return 1;
  for (let at = 2; at + 10 <= bytes.byteLength;) {
    const marker = bytes.getUint16(at);
    // The pixels begin, or the file is damaged.
    if (marker < 0xff01 || marker === 0xffda) return 1;
    const length = bytes.getUint16(at + 2);
    const isExif = marker === 0xffe1 && bytes.getUint32(at + 4) === 0x45786966;
    if (isExif) return orientationIn(bytes, at + 10, Math.min(bytes.byteLength, at + 2 + length));
    at += 2 + Math.max(2, length);
  }
  return 1;
}

/** Reads the first directory of TIFF fields from `start` on. */
function orientationIn(bytes: DataView, start: number, end: number): number {
  if (start + 8 > end) return 1;
  const isLittle = bytes.getUint16(start) === 0x4949;
  const directory = start + bytes.getUint32(start + 4, isLittle);
  if (directory + 2 > end) return 1;
  const count = bytes.getUint16(directory, isLittle);
  for (let field = 0; field < count; field += 1) {
    const at = directory + 2 + field * 12;
    if (at + 12 > end) return 1;
    if (bytes.getUint16(at, isLittle) !== orientationTag) continue;
    const orientation = bytes.getUint16(at + 8, isLittle);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
  return 1;
}
