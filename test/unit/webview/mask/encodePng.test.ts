import { deepEqual, equal } from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { encodePng } from '../../../../src/webview/mask/encodePng';
import { readPng } from '../../../support/readPng';

describe('encodePng', () => {
  it('writes every pixel, whatever number of rows comes at once', async () => {
    const sizes = { width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) };
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...sizes, most: fc.integer({ min: 1, max: 21 }) }),
        async ({ width, height, most }) => {
          const pixel = (x: number, y: number): number[] => [x * 7, y * 11, (x * y) % 256, (x + y) % 256];
          const file = await encodePng(width, height, (top) => {
            const rows = Math.min(most, height - top);
            const bytes = Array.from({ length: rows * width }, (_, at) =>
              pixel(at % width, top + Math.floor(at / width)),
            );
            return Uint8Array.from(bytes.flat());
          });
          const read = readPng(new Uint8Array(await file.arrayBuffer()));
          deepEqual([read.width, read.height], [width, height]);
          for (let y = 0; y < height; y += 1)
            for (let x = 0; x < width; x += 1) deepEqual(read.at(x, y), pixel(x, y));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('ends each chunk with its checksum', async () => {
    const file = await encodePng(3, 2, () => new Uint8Array(24));
    equal(file.type, 'image/png');
    const bytes = Buffer.from(await file.arrayBuffer());
    const types: string[] = [];
    for (let at = 8; at < bytes.length;) {
      const length = bytes.readUInt32BE(at);
      types.push(bytes.toString('latin1', at + 4, at + 8));
      equal(bytes.readUInt32BE(at + 8 + length), crc32(bytes.subarray(at + 4, at + 8 + length)));
      at += 12 + length;
    }
    deepEqual(types, ['IHDR', 'IDAT', 'IEND']);
  });
});
