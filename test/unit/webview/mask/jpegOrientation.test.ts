import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { jpegOrientation } from '../../../../src/webview/mask/jpegOrientation';
import { exifSegment } from '../../../support/exifSegment';

function bufferOf(...pieces: readonly Uint8Array[]): ArrayBuffer {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece])).buffer;
}

const start = Uint8Array.of(0xff, 0xd8);
/** A segment that comes before Exif in many files. */
const other = Uint8Array.of(0xff, 0xe0, 0, 5, 1, 2, 3);
const pixels = Uint8Array.of(0xff, 0xda, 0, 2);

describe('jpegOrientation', () => {
  for (const isLittle of [true, false])
    it(`reads all orientations, with the ${isLittle ? 'low' : 'high'} byte first`, () => {
      for (let orientation = 1; orientation <= 8; orientation += 1)
        equal(
          jpegOrientation(bufferOf(start, other, exifSegment(orientation, isLittle), pixels)),
          orientation,
        );
    });

  it('returns 1 for other files, without Exif, and after the pixels have begun', () => {
    const exif = exifSegment(6, true);
    for (const file of [
      bufferOf(),
      bufferOf(start),
      bufferOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47), exif),
      bufferOf(start, other, pixels, exif),
      bufferOf(start, exifSegment(9, true), pixels),
    ])
      equal(jpegOrientation(file), 1);
  });

  it('reads any bytes without an error', () => {
    const exif = exifSegment(6, true);
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(exif.length), (bytes, cut) => {
        jpegOrientation(bufferOf(bytes));
        jpegOrientation(bufferOf(start, exif.subarray(0, cut), bytes));
      }),
    );
  });
});
