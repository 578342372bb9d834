import * as v from 'valibot';
import { arrangePlanes } from './arrangePlanes';
import { layoutFor, type CodeLayout } from './encodeVector';
import { readAsciiJson, toAsciiJson } from './toAsciiJson';

/** A file of an index, as it was when it was indexed. */
export interface IndexedFile {
  /** The URI. */
  readonly uri: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/**
 * A part of an index: the chunks of some files, with their vectors and the lists of their terms. It never changes; a file that
 * changes gets into a later segment, which then counts. All numbers are parts of one array of bytes, which is also the content
 * of the segment's file on the disk.
 */
export interface Segment {
  readonly bytes: Uint8Array;
  readonly files: readonly IndexedFile[];
  /** The position in `files`, for each chunk. The chunks of a file are neighbours. */
  readonly fileOf: Uint16Array;
  /** Where each chunk starts in its file, and how long it is; in UTF-16 units. */
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  /** Two halves of each chunk's hash; see `hashText`. */
  readonly hashes: Uint32Array;
  /** How many terms each chunk has, with repetitions. */
  readonly termCounts: Uint16Array;
  readonly layout: CodeLayout;
  readonly scales: Float32Array;
  /** The codes of the vectors; see `arrangePlanes`. */
  readonly planes: Uint8Array;
  /** Hashes of terms, ascending; see `countTerms`. */
  readonly terms: Uint32Array;
  /** Where the list of each term begins in `postings`; one more than `terms`. */
  readonly postingStarts: Uint32Array;
  /** See `writePostings`. */
  readonly postings: Uint8Array;
}

/** The most chunks of a segment: a list of terms then needs at most two bytes for each chunk. */
export const mostChunksOfSegment = 2_048;

/** Version 1 differs in the order of the codes: it has whole codes, one after another. */
const versions = [1, 2] as const;

/** The version that is written. */
const version = 2;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const headSchema = v.object({
  version: v.picklist(versions),
  /** The coordinates of a code. */
  coordinates: v.pipe(count, v.maxValue(10_000)),
  chunks: v.pipe(count, v.maxValue(mostChunksOfSegment)),
  terms: count,
  postings: count,
  uris: v.array(v.string()),
  sizes: v.array(v.number()),
  times: v.array(v.number()),
});

/** The facts that precede the numbers of a segment. */
export type SegmentHead = Omit<v.InferOutput<typeof headSchema>, 'version'>;

/** The head as JSON. */
export function writeHead({
  coordinates,
  chunks,
  terms,
  postings,
  uris,
  sizes,
  times,
}: SegmentHead): Uint8Array {
  return toAsciiJson({ version, coordinates, chunks, terms, postings, uris, sizes, times });
}

/** The size of the numbers before the head: its length in bytes, and 4 bytes that are 0. */
export const beforeHead = 8;

/** Where each section begins, and where the last one ends. Sections of wide numbers come first. */
export function placeSections(head: SegmentHead, headLength: number): Readonly<Record<Section, number>> {
  const { size } = layoutFor(head.coordinates);
  const { chunks } = head;
  let at = beforeHead + headLength;
  const place = (bytes: number): number => {
    const start = at;
    at += bytes;
    return start;
  };
  return {
    starts: place(chunks * 4),
    lengths: place(chunks * 4),
    hashes: place(chunks * 8),
    scales: place(size === 0 ? 0 : chunks * 4),
    terms: place(head.terms * 4),
    fileOf: place(chunks * 2),
    termCounts: place(chunks * 2),
    postingLengths: place(head.terms * 2),
    codes: place(chunks * size),
    postings: place(head.postings),
    end: at,
  };
}

type Section =
  | 'starts'
  | 'lengths'
  | 'hashes'
  | 'scales'
  | 'terms'
  | 'fileOf'
  | 'termCounts'
  | 'postingLengths'
  | 'codes'
  | 'postings'
  | 'end';

/**
 * Reads a segment. The numbers stay in `bytes`, which become those of the present version if they are of an earlier one.
 *
 * @param bytes Begins at a multiple of 8 in its buffer. Little-endian, like each processor that VS Code runs on.
 * @throws Error if the bytes are not a whole segment of a known version.
 */
export function readSegment(bytes: Uint8Array<ArrayBuffer>): Segment {
  const { buffer, byteOffset } = bytes;
  const view = new DataView(buffer, byteOffset, bytes.length);
  const headLength = view.getUint32(0, true);
  if (headLength % 8 !== 0 || headLength + beforeHead > bytes.length)
    throw new Error('The head of the segment is too long.');
  const head = v.parse(headSchema, readAsciiJson(bytes.subarray(beforeHead, beforeHead + headLength)));
  const { chunks, terms, uris, sizes, times } = head;
  const at = placeSections(head, headLength);
  if (at.end !== bytes.length || sizes.length !== uris.length || times.length !== uris.length)
    throw new Error('The sections of the segment do not fit.');
  const layout = layoutFor(head.coordinates);
  const planes = bytes.subarray(at.codes, at.postings);
  if (head.version === 1) {
    arrangePlanes(planes.slice(), chunks, layout, planes);
    bytes.set(writeHead(head), beforeHead);
  }
  const wide = (start: number, length: number): Uint32Array =>
    new Uint32Array(buffer, byteOffset + start, length);
  const narrow = (start: number, length: number): Uint16Array =>
    new Uint16Array(buffer, byteOffset + start, length);
  const postingStarts = new Uint32Array(terms + 1);
  for (const [index, length] of narrow(at.postingLengths, terms).entries())
    postingStarts[index + 1] = (postingStarts[index] ?? 0) + length;
  const fileOf = narrow(at.fileOf, chunks);
  if (postingStarts[terms] !== head.postings || fileOf.some((file) => file >= uris.length))
    throw new Error('The lists of the segment do not fit.');
  return {
    bytes,
    files: uris.map((uri, index) => ({ uri, size: sizes[index] ?? 0, modifiedAt: times[index] ?? 0 })),
    fileOf,
    starts: wide(at.starts, chunks),
    lengths: wide(at.lengths, chunks),
    hashes: wide(at.hashes, chunks * 2),
    termCounts: narrow(at.termCounts, chunks),
    layout,
    scales: new Float32Array(buffer, byteOffset + at.scales, layout.size === 0 ? 0 : chunks),
    planes,
    terms: wide(at.terms, terms),
    postingStarts,
    postings: bytes.subarray(at.postings, at.end),
  };
}
