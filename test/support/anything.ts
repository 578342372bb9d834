import fc from 'fast-check';

/** Values of every type that structured clone, JSON or a script may produce, nested up to `maxDepth`. */
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
