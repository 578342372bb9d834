import { readCode } from './arrangePlanes';
import type { IndexedFile, Segment } from './segment';

/** A segment, and which of its files count. */
export interface SegmentEntry {
  readonly segment: Segment;
  /** 1 for a file that is not in a later segment and has not been removed; by its position. */
  readonly current: Uint8Array;
}

/** Where a file is. */
interface FilePlace {
  readonly entry: SegmentEntry;
  readonly file: number;
}

/** All segments of an index. Of a file that is in several, the segment that was added last counts. */
export class SegmentSet {
  private readonly list: SegmentEntry[] = [];
  private readonly places = new Map<string, FilePlace>();

  get entries(): readonly SegmentEntry[] {
    return this.list;
  }

  /** How many files count. */
  get fileCount(): number {
    return this.places.size;
  }

  /** The URIs of the files that count. */
  uris(): Iterable<string> {
    return this.places.keys();
  }

  add(segment: Segment): void {
    const entry = { segment, current: new Uint8Array(segment.files.length) };
    this.list.push(entry);
    for (const [file, { uri }] of segment.files.entries()) {
      this.removeFile(uri);
      this.places.set(uri, { entry, file });
      entry.current[file] = 1;
    }
  }

  /** Removes a segment. The files that were only there are then not indexed. */
  drop(segment: Segment): void {
    const index = this.list.findIndex((entry) => entry.segment === segment);
    const [entry] = index === -1 ? [] : this.list.splice(index, 1);
    for (const { uri } of segment.files) if (this.places.get(uri)?.entry === entry) this.places.delete(uri);
  }

  /** A file is no longer part of the workspace. */
  removeFile(uri: string): void {
    const place = this.places.get(uri);
    if (place === undefined) return;
    place.entry.current[place.file] = 0;
    this.places.delete(uri);
  }

  /** What is known of a file; undefined if it is not indexed. */
  find(uri: string): IndexedFile | undefined {
    const place = this.places.get(uri);
    return place?.entry.segment.files[place.file];
  }

  /**
   * The vectors of a file's chunks by their hashes (`a:b`), so that an unchanged chunk of a changed file need not be embedded
   * again.
   */
  vectorsOf(uri: string): ReadonlyMap<string, { readonly code: Uint8Array; readonly scale: number }> {
    const vectors = new Map<string, { readonly code: Uint8Array; readonly scale: number }>();
    const place = this.places.get(uri);
    if (place === undefined) return vectors;
    const { fileOf, hashes, planes, scales, layout } = place.entry.segment;
    for (let chunk = fileOf.indexOf(place.file); fileOf[chunk] === place.file; chunk += 1) {
      vectors.set(`${hashes[chunk * 2] ?? 0}:${hashes[chunk * 2 + 1] ?? 0}`, {
        code: readCode(planes, fileOf.length, layout, chunk),
        scale: scales[chunk] ?? 0,
      });
    }
    return vectors;
  }
}

/** How many chunks and files of a segment count. */
export function liveSizeOf({ segment, current }: SegmentEntry): {
  readonly chunks: number;
  readonly files: number;
} {
  let chunks = 0;
  for (const file of segment.fileOf) chunks += current[file] ?? 0;
  return { chunks, files: current.reduce((sum, one) => sum + one, 0) };
}
