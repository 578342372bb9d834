import { chunkFile } from '../../core/codebase/chunkFile';
import { countTerms } from '../../core/codebase/countTerms';
import { hashText } from '../../core/codebase/hashText';
import { mergeSegments } from '../../core/codebase/mergeSegments';
import type { Pace } from '../../core/codebase/pace';
import type { Rotation } from '../../core/codebase/rotation';
import { SegmentBuilder, type ChunkFacts } from '../../core/codebase/segmentBuilder';
import { encodeVector, layoutFor } from '../../core/codebase/encodeVector';
import type { CodebaseStore } from '../../storage/codebase/codebaseStore';
import type { ContextGuard } from '../workspace/contextGuard';
import type { Uri } from 'vscode';
import type { CodebaseFile } from './readCodebaseFiles';
import { timeSlices } from './timeSlices';

/** Vectors of texts, by the positions of the texts. */
interface EmbeddedTexts {
  readonly vectors: ReadonlyMap<number, Float32Array>;
  /** Why vectors are missing: the gateway failed, or the user has cancelled. */
  readonly error?: Error;
}

/** Turns texts into vectors of one width. Never rejects. */
export type EmbedTexts = (texts: readonly string[]) => Promise<EmbeddedTexts>;

/** What an index is built with. */
export interface IndexerParts {
  readonly store: CodebaseStore;
  /** Absent for an index without vectors. */
  readonly vectors?: { readonly rotation: Rotation; readonly embed: EmbedTexts };
  readonly guard: Pick<ContextGuard, 'listable'>;
  /** The text of a file; undefined if it cannot be read or is not a text. */
  readonly readText: (uri: Uri) => Promise<string | undefined>;
}

/** Files are read in groups, so that the chunks of several small files share a request. */
const filesOfGroup = 24;

/** The most chunks of a file, and of an index. */
const mostChunksOfFile = 400;
const mostChunks = 150_000;

/** What is finished is stored at least this often, in milliseconds: a build that is stopped loses no more. */
const longestUnstored = 15_000;

/** The stored size of a file whose vectors are incomplete. It differs from that of every listed file, so that the file is read again. */
const sizeOfIncomplete = 0;

/** A chunk whose vector may still be missing. */
interface PreparedChunk extends Omit<ChunkFacts, 'vector'> {
  readonly text: string;
  vector?: NonNullable<ChunkFacts['vector']>;
}

interface PreparedFile {
  readonly file: CodebaseFile;
  readonly chunks: readonly PreparedChunk[];
}

/**
 * Brings an index up to date with files: reads only those whose size or time has changed, and embeds only the chunks that have
 * changed. All vectors that came are stored also if the work fails or is cancelled; the next call continues there.
 *
 * @param report Called with the number of finished files, and of all files that have changed.
 * @returns True if the index is complete; false if the workspace has more chunks than an index may have.
 */
export async function updateIndex(
  files: readonly CodebaseFile[],
  parts: IndexerParts,
  pace: Pace,
  report: (done: number, total: number) => void,
): Promise<boolean> {
  const { store, vectors } = parts;
  const changed = files.filter(({ uri, size, modifiedAt }) => {
    const known = store.set.find(uri.toString());
    return known?.size !== size || known.modifiedAt !== modifiedAt;
  });
  let builder = new SegmentBuilder(vectors?.rotation.kept ?? 0);
  let storedAt = performance.now();
  let chunks = store.set.entries.reduce((sum, { segment }) => sum + segment.starts.length, 0);
  const flush = async (): Promise<void> => {
    const finished = builder;
    builder = new SegmentBuilder(vectors?.rotation.kept ?? 0);
    storedAt = performance.now();
    // Not cancellable: what has been paid for is kept.
    if (finished.fileCount > 0) await store.add(await finished.build(timeSlices()));
  };
  try {
    for (let start = 0; start < changed.length; start += filesOfGroup) {
      report(start, changed.length);
      if (chunks > mostChunks) return false;
      const group = await prepareFiles(changed.slice(start, start + filesOfGroup), parts, pace);
      const error = vectors && (await embedChunks(group, vectors));
      for (const { file, chunks: all } of group) {
        const finished = vectors === undefined ? all : all.filter(({ vector }) => vector !== undefined);
        const isComplete = finished.length === all.length;
        if (finished.length === 0 && !isComplete) continue;
        if (!builder.hasRoomFor(finished.length)) await flush();
        const { uri, modifiedAt } = file;
        builder.addFile(
          { uri: uri.toString(), size: isComplete ? file.size : sizeOfIncomplete, modifiedAt },
          finished,
        );
        chunks += finished.length;
      }
      if (error !== undefined) throw error;
      if (performance.now() - storedAt > longestUnstored) await flush();
    }
  } finally {
    await flush();
  }
  return true;
}

/** Removes files from an index that are not part of the workspace any more, and merges small segments. */
export async function tidyIndex(
  files: readonly CodebaseFile[],
  store: CodebaseStore,
  pace: Pace,
): Promise<void> {
  const present = new Set(files.map(({ uri }) => uri.toString()));
  for (const uri of [...store.set.uris()]) if (!present.has(uri)) store.set.removeFile(uri);
  const merger = await mergeSegments(store.set.entries, pace);
  if (merger === undefined) return;
  if (merger.merged !== undefined) await store.add(merger.merged);
  await store.drop(merger.replaced);
}

async function prepareFiles(
  files: readonly CodebaseFile[],
  { store, guard, vectors, readText }: IndexerParts,
  pace: Pace,
): Promise<PreparedFile[]> {
  const listable = await guard.listable(files.map(({ uri }) => uri));
  const prepared: PreparedFile[] = [];
  for (const file of files) {
    await pace.rest();
    const isListable = listable.has(file.uri);
    const text = isListable ? await readText(file.uri) : undefined;
    const known = vectors && store.set.vectorsOf(file.uri.toString());
    // A file that cannot be read is kept without chunks, so that it is not read again until it changes.
    const chunks = text === undefined ? [] : await prepareChunks(text, file.path, known, pace);
    prepared.push({ file, chunks });
  }
  return prepared;
}

async function prepareChunks(
  text: string,
  path: string,
  known: ReadonlyMap<string, NonNullable<ChunkFacts['vector']>> | undefined,
  pace: Pace,
): Promise<PreparedChunk[]> {
  const chunks: PreparedChunk[] = [];
  const pathTerms = countTerms(path);
  for (const { start, end } of chunkFile(text).slice(0, mostChunksOfFile)) {
    if (pace.isDue()) await pace.rest();
    const part = text.slice(start, end);
    if (part.trim() === '') continue;
    const hash = hashText(part);
    const terms = countTerms(part);
    for (const [term, count] of pathTerms) terms.set(term, (terms.get(term) ?? 0) + count);
    const vector = known?.get(`${hash[0]}:${hash[1]}`);
    chunks.push({
      start,
      length: end - start,
      hash,
      terms,
      // The path often says what the code is about.
      text: `${path}\n${part}`,
      ...(vector !== undefined && { vector }),
    });
  }
  return chunks;
}

/** Adds the missing vectors. Returns why some are still missing. Not cancellable once they have come: they are paid for. */
async function embedChunks(
  files: readonly PreparedFile[],
  { rotation, embed }: NonNullable<IndexerParts['vectors']>,
): Promise<Error | undefined> {
  const layout = layoutFor(rotation.kept);
  const missing = files.flatMap(({ chunks }) => chunks.filter(({ vector }) => vector === undefined));
  if (missing.length === 0) return undefined;
  const { vectors, error } = await embed(missing.map(({ text }) => text));
  const pace = timeSlices();
  for (const [index, chunk] of missing.entries()) {
    const vector = vectors.get(index);
    if (vector === undefined) continue;
    if (pace.isDue()) await pace.rest();
    const code = new Uint8Array(layout.size);
    const scale = encodeVector(rotation.rotate(vector), layout, code);
    chunk.vector = { code, scale };
  }
  return error;
}
