import { arrangePlanes, readCode } from './arrangePlanes';
import type { Pace } from './pace';
import { frequencyCode, readPostings, writePostings } from './readPostings';
import {
  beforeHead,
  mostChunksOfSegment,
  placeSections,
  readSegment,
  writeHead,
  type IndexedFile,
  type Segment,
  type SegmentHead,
} from './segment';
import { layoutFor, type CodeLayout } from './encodeVector';

/** A chunk that is added to a segment. */
export interface ChunkFacts {
  readonly start: number;
  readonly length: number;
  /** Two halves; see `hashText`. */
  readonly hash: readonly [number, number];
  /** See `countTerms`. */
  readonly terms: ReadonlyMap<number, number>;
  /** The code of the vector and its scale; absent in an index without vectors. */
  readonly vector?: { readonly code: Uint8Array; readonly scale: number };
}

/** Collects the chunks of files, and writes them as a segment. */
export class SegmentBuilder {
  private readonly layout: CodeLayout;
  private readonly files: IndexedFile[] = [];
  private readonly fileOf: number[] = [];
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];
  private readonly hashes: number[] = [];
  private readonly termCounts: number[] = [];
  private readonly scales: number[] = [];
  private readonly codes: Uint8Array;
  private readonly lists = new Map<number, number[]>();
  private postings = 0;

  /** @param coordinates The coordinates of a rotated vector; 0 for an index without vectors. */
  constructor(coordinates: number) {
    this.layout = layoutFor(coordinates);
    this.codes = new Uint8Array(mostChunksOfSegment * this.layout.size);
  }

  get chunks(): number {
    return this.starts.length;
  }

  get fileCount(): number {
    return this.files.length;
  }

  /** True if the segment can take this many chunks more. */
  hasRoomFor(chunks: number): boolean {
    return this.chunks + chunks <= mostChunksOfSegment && this.files.length < mostChunksOfSegment;
  }

  /** Adds a file. A file without chunks is kept too, so that it need not be read again. Call `hasRoomFor` first. */
  addFile(file: IndexedFile, chunks: readonly ChunkFacts[]): void {
    this.files.push(file);
    for (const chunk of chunks) {
      const id = this.addChunk(chunk.start, chunk.length, chunk.hash, chunk.vector);
      let total = 0;
      for (const [term, count] of chunk.terms) {
        total += count;
        this.addPosting(term, (id << 2) | frequencyCode(count));
      }
      this.termCounts.push(Math.min(total, 0xffff));
    }
  }

  /** Adds the files of another segment that `isCurrent` accepts, by their positions. Call `hasRoomFor` first. */
  async addSegment(segment: Segment, isCurrent: (file: number) => boolean, pace: Pace): Promise<void> {
    const { files, fileOf, starts, lengths, hashes, termCounts, layout, scales, planes } = segment;
    const newFiles = files.map((file, index) => (isCurrent(index) ? this.files.push(file) - 1 : -1));
    const newIds = new Int16Array(starts.length).fill(-1);
    for (const [chunk, oldFile] of fileOf.entries()) {
      if ((newFiles[oldFile] ?? -1) === -1) continue;
      newIds[chunk] = this.addChunk(
        starts[chunk] ?? 0,
        lengths[chunk] ?? 0,
        [hashes[chunk * 2] ?? 0, hashes[chunk * 2 + 1] ?? 0],
        {
          code: readCode(planes, starts.length, layout, chunk),
          scale: scales[chunk] ?? 0,
        },
        newFiles[oldFile],
      );
      this.termCounts.push(termCounts[chunk] ?? 0);
    }
    const chunks = new Uint16Array(mostChunksOfSegment);
    const frequencyCodes = new Uint8Array(mostChunksOfSegment);
    for (const [index, term] of segment.terms.entries()) {
      if (index % 256 === 0 && pace.isDue()) await pace.rest();
      const [from, to] = [segment.postingStarts[index] ?? 0, segment.postingStarts[index + 1] ?? 0];
      const entries = readPostings(segment.postings, from, to, chunks, frequencyCodes);
      for (let entry = 0; entry < entries; entry += 1) {
        const id = newIds[chunks[entry] ?? 0] ?? -1;
        if (id >= 0) this.addPosting(term, (id << 2) | (frequencyCodes[entry] ?? 0));
      }
    }
  }

  /** Writes what has been added. */
  async build(pace: Pace): Promise<Segment> {
    const terms = Uint32Array.from(this.lists.keys()).sort();
    if (pace.isDue()) await pace.rest();
    const postings = new Uint8Array(this.postings * 2);
    const postingLengths = new Uint16Array(terms.length);
    let end = 0;
    for (const [index, term] of terms.entries()) {
      if (index % 256 === 0 && pace.isDue()) await pace.rest();
      const start = end;
      end = writePostings(this.lists.get(term) ?? [], postings, start);
      postingLengths[index] = end - start;
    }
    if (pace.isDue()) await pace.rest();
    const head: SegmentHead = {
      coordinates: this.layout.coordinates,
      chunks: this.chunks,
      terms: terms.length,
      postings: end,
      uris: this.files.map(({ uri }) => uri),
      sizes: this.files.map(({ size }) => size),
      times: this.files.map(({ modifiedAt }) => modifiedAt),
    };
    const json = writeHead(head);
    const headLength = Math.ceil(json.length / 8) * 8;
    const at = placeSections(head, headLength);
    const bytes = new Uint8Array(at.end);
    new DataView(bytes.buffer).setUint32(0, headLength, true);
    // JSON may end with spaces.
    bytes.fill(0x20, beforeHead, beforeHead + headLength);
    bytes.set(json, beforeHead);
    if (pace.isDue()) await pace.rest();
    const { buffer } = bytes;
    new Uint32Array(buffer, at.starts, this.chunks).set(this.starts);
    new Uint32Array(buffer, at.lengths, this.chunks).set(this.lengths);
    new Uint32Array(buffer, at.hashes, this.chunks * 2).set(this.hashes);
    if (this.layout.size > 0) new Float32Array(buffer, at.scales, this.chunks).set(this.scales);
    new Uint32Array(buffer, at.terms, terms.length).set(terms);
    new Uint16Array(buffer, at.fileOf, this.chunks).set(this.fileOf);
    new Uint16Array(buffer, at.termCounts, this.chunks).set(this.termCounts);
    new Uint16Array(buffer, at.postingLengths, terms.length).set(postingLengths);
    arrangePlanes(this.codes, this.chunks, this.layout, bytes.subarray(at.codes, at.postings));
    bytes.set(postings.subarray(0, end), at.postings);
    if (pace.isDue()) await pace.rest();
    return readSegment(bytes);
  }

  private addChunk(
    start: number,
    length: number,
    hash: readonly [number, number],
    vector: ChunkFacts['vector'],
    file = this.files.length - 1,
  ): number {
    const id = this.chunks;
    this.starts.push(start);
    this.lengths.push(length);
    this.hashes.push(...hash);
    this.fileOf.push(file);
    this.scales.push(vector?.scale ?? 0);
    if (vector !== undefined) this.codes.set(vector.code, id * this.layout.size);
    return id;
  }

  private addPosting(term: number, entry: number): void {
    this.postings += 1;
    const list = this.lists.get(term);
    if (list === undefined) this.lists.set(term, [entry]);
    else list.push(entry);
  }
}
