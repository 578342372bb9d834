import { chunkFile } from '../../../src/core/codebase/chunkFile';
import { countTerms } from '../../../src/core/codebase/countTerms';
import { hashText } from '../../../src/core/codebase/hashText';
import type { Pace } from '../../../src/core/codebase/pace';
import { Rotation } from '../../../src/core/codebase/rotation';
import type { Segment } from '../../../src/core/codebase/segment';
import { SegmentBuilder } from '../../../src/core/codebase/segmentBuilder';
import { encodeVector, layoutFor } from '../../../src/core/codebase/encodeVector';

/** Work in one slice. */
export const wholePace: Pace = { isDue: () => false, rest: () => Promise.resolve() };

/**
 * Builds a segment of files.
 *
 * @param files The text of each file, by its URI.
 * @param vectorOf The vector of a chunk; an index without vectors if absent.
 */
export async function buildSegment(
  files: Readonly<Record<string, string>>,
  vectorOf?: (text: string) => Float32Array,
): Promise<Segment> {
  const rotation = new Rotation(vectorOf?.('').length ?? 0);
  const layout = layoutFor(vectorOf === undefined ? 0 : rotation.kept);
  const builder = new SegmentBuilder(layout.coordinates);
  for (const [uri, text] of Object.entries(files)) {
    const chunks = chunkFile(text).map(({ start, end }) => {
      const part = text.slice(start, end);
      const code = new Uint8Array(layout.size);
      const scale = vectorOf && encodeVector(rotation.rotate(vectorOf(part)), layout, code);
      return {
        start,
        length: end - start,
        hash: hashText(part),
        terms: countTerms(part),
        ...(scale !== undefined && { vector: { code, scale } }),
      };
    });
    builder.addFile({ uri, size: text.length, modifiedAt: 1 }, chunks);
  }
  return await builder.build(wholePace);
}
