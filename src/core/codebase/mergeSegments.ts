import type { Pace } from './pace';
import { mostChunksOfSegment, type Segment } from './segment';
import { SegmentBuilder } from './segmentBuilder';
import { liveSizeOf, type SegmentEntry } from './segmentSet';

/** So many small segments are kept. More are merged, because each costs a search some time. */
const mostSmall = 8;

/** A segment with fewer chunks that count is small. */
const smallSegment = mostChunksOfSegment / 2;

/** A merger of segments. */
interface Merger {
  /** Undefined if none of their files counts any more. */
  readonly merged: Segment | undefined;
  /** They can be deleted once `merged` is stored. */
  readonly replaced: ReadonlySet<Segment>;
}

/**
 * Merges small segments if there are many of them, and drops the chunks that do not count any more. A save makes a segment of
 * one file, and a later save makes that segment useless.
 *
 * @returns undefined if there is nothing to merge.
 */
export async function mergeSegments(
  entries: readonly SegmentEntry[],
  pace: Pace,
): Promise<Merger | undefined> {
  const small = entries
    .map((entry) => ({ entry, live: liveSizeOf(entry) }))
    .filter(({ live }) => live.chunks < smallSegment);
  if (small.length <= mostSmall) return undefined;
  const layout = entries[0]?.segment.layout;
  const builder = new SegmentBuilder(layout?.coordinates ?? 0);
  const replaced = new Set<Segment>();
  let files = 0;
  for (const { entry, live } of small) {
    files += live.files;
    if (!builder.hasRoomFor(live.chunks) || files > mostChunksOfSegment) break;
    await builder.addSegment(entry.segment, (file) => entry.current[file] === 1, pace);
    replaced.add(entry.segment);
  }
  return { merged: builder.fileCount === 0 ? undefined : await builder.build(pace), replaced };
}
