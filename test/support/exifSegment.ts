/** The segment of a JPEG that says how it is to be turned (Exif 2.3, section 4.6.4). */
export function exifSegment(orientation: number, isLittle: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(36));
  bytes.setUint16(0, 0xffe1);
  bytes.setUint16(2, 34);
  bytes.setUint32(4, 0x45786966);
  bytes.setUint16(10, isLittle ? 0x4949 : 0x4d4d);
  bytes.setUint16(12, 42, isLittle);
  bytes.setUint32(14, 8, isLittle);
  bytes.setUint16(18, 1, isLittle);
  bytes.setUint16(20, 0x0112, isLittle);
  bytes.setUint16(22, 3, isLittle);
  bytes.setUint32(24, 1, isLittle);
  bytes.setUint16(28, orientation, isLittle);
  return new Uint8Array(bytes.buffer);
}
