import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { ByteCollector } from '../../../../src/gateway/network/byteCollector';

describe('ByteCollector', () => {
  it('collects all bytes up to its limit', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 });
    fc.assert(
      fc.property(pieces, fc.nat({ max: 3_000 }), (all, limit) => {
        const collector = new ByteCollector(limit);
        let expected = Buffer.alloc(0);
        for (const piece of all) {
          const fits = expected.length + piece.length <= limit;
          equal(collector.add(piece), fits);
          if (fits) expected = Buffer.concat([expected, piece]);
        }
        deepEqual(Buffer.from(collector.bytes), expected);
      }),
    );
  });

  it('needs little more memory than its bytes, also if they arrive one by one', () => {
    const collector = new ByteCollector(Infinity);
    const before = process.memoryUsage();
    for (let count = 0; count < 1_000_000; count += 1) collector.add(Uint8Array.of(count % 256));
    const after = process.memoryUsage();
    equal(collector.bytes.length, 1_000_000);
    // A list of a million pieces would need a hundred times the memory of their bytes.
    ok(after.external + after.heapUsed - before.external - before.heapUsed < 90_000_000);
  });
});
