import { ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { Rotation } from '../../../../src/core/codebase/rotation';
import { encodeVector, layoutFor, QueryTable } from '../../../../src/core/codebase/encodeVector';

function cosine(one: Float32Array, other: Float32Array): number {
  let product = 0;
  let square = 0;
  let otherSquare = 0;
  for (const [index, coordinate] of one.entries()) {
    product += coordinate * (other[index] ?? 0);
    square += coordinate ** 2;
    otherSquare += (other[index] ?? 0) ** 2;
  }
  return product / Math.sqrt(square * otherSquare);
}

/** Estimates the cosine of two vectors from the code of the second one. */
function estimate(query: Float32Array, stored: Float32Array): number {
  const rotation = new Rotation(query.length);
  const layout = layoutFor(rotation.kept);
  const code = new Uint8Array(layout.size);
  const scale = encodeVector(rotation.rotate(stored), layout, code);
  return new QueryTable(rotation.rotate(query), layout).similarity(code, 1, 0, scale);
}

/** Pairs of vectors of a usual width, and an error that the estimate stays below, from the number of bits. */
const pairs = fc
  .constantFrom([384, 0.02], [768, 0.02], [1_000, 0.03], [1_536, 0.06], [3_072, 0.12])
  .chain(([width = 0, bound = 0]) =>
    fc.record({
      bound: fc.constant(bound),
      one: fc.float32Array({ minLength: width, maxLength: width, min: -1, max: 1, noNaN: true }),
      other: fc.float32Array({ minLength: width, maxLength: width, min: -1, max: 1, noNaN: true }),
    }),
  )
  .filter(({ one, other }) => Number.isFinite(cosine(one, other)));

describe('encodeVector', () => {
  it('estimates the cosine of two vectors within a bound, so that the order of clearly different ones is kept', () => {
    fc.assert(
      fc.property(pairs, ({ one, other, bound }) => {
        ok(Math.abs(estimate(one, other) - cosine(one, other)) < bound);
      }),
      { numRuns: 60 },
    );
  });

  it('finds a vector most similar to itself', () => {
    const vector = Float32Array.from({ length: 1_536 }, (_, index) => Math.sin(index * index));
    ok(estimate(vector, vector) > 0.97);
    ok(
      estimate(
        vector,
        vector.map((coordinate) => -coordinate),
      ) < -0.97,
    );
  });

  it('makes a vector of zeros similar to no other', () => {
    const vector = Float32Array.from({ length: 64 }, () => 1);
    strictEqual(Math.abs(estimate(vector, new Float32Array(64))), 0);
  });

  for (const width of [1, 64, 384, 768, 1_024, 1_536, 3_072, 4_096, 8_192]) {
    it(`needs at most 768 bytes for ${width} coordinates`, () => {
      ok(layoutFor(new Rotation(width).kept).size <= 768);
    });
  }

  it('keeps lengths and products when it rotates', () => {
    const rotation = new Rotation(1_000);
    const one = Float32Array.from({ length: 1_000 }, (_, index) => Math.cos(index));
    const other = Float32Array.from({ length: 1_000 }, (_, index) => (index === 7 ? 1 : 0));
    const error = cosine(rotation.rotate(one), rotation.rotate(other)) - cosine(one, other);
    ok(Math.abs(error) < 1e-5);
  });
});
