import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { arrangePlanes, readCode } from '../../../../src/core/codebase/arrangePlanes';
import { layoutFor } from '../../../../src/core/codebase/encodeVector';

describe('arrangePlanes', () => {
  it('keeps every code, and puts the signs of all codes first', () => {
    const lists = fc.constantFrom(64, 768, 1_536, 4_096).chain((coordinates) => {
      const layout = layoutFor(coordinates);
      const code = fc.uint8Array({ minLength: layout.size, maxLength: layout.size });
      return fc.record({ layout: fc.constant(layout), codes: fc.array(code, { maxLength: 5 }) });
    });
    fc.assert(
      fc.property(lists, ({ layout, codes }) => {
        const planes = new Uint8Array(codes.length * layout.size);
        arrangePlanes(Uint8Array.from(codes.flatMap((code) => [...code])), codes.length, layout, planes);
        deepStrictEqual(
          codes.map((_, index) => readCode(planes, codes.length, layout, index)),
          codes,
        );
        const signs = codes.flatMap((code) => [...code.subarray(0, layout.plane)]);
        deepStrictEqual([...planes.subarray(0, signs.length)], signs);
      }),
      { numRuns: 50 },
    );
  });
});
