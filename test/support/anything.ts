import fc from 'fast-check';

/** Values of every sort that structured clone, JSON or a script may bring, nested as deep as `maxDepth`. */
export function anything(maxDepth?: number): fc.Arbitrary<unknown> {
  return fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
    ...(maxDepth !== undefined && { maxDepth }),
  });
}
