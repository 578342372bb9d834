import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { readCheckedJson, toCheckedJson } from '../../storage/files/checksumOf';
import { nodeFileSystem } from '../../storage/files/fileSystem';
import { replaceFile } from '../../storage/files/replaceFile';
import { StoredValue, type Memory } from '../memory/storedValue';
import { pendingReviewsKey } from './hasPendingReviews';

const lines = v.pipe(v.array(v.string()), v.readonly());
const line = v.pipe(v.number(), v.integer(), v.minValue(0));

const storedSchema = v.object({
  /** The URI of the proposed text. */
  uri: v.string(),
  /** The URI of the document. */
  target: v.string(),
  /** The real path of the file when the review began. */
  place: v.string(),
  /** The proposed text. */
  text: v.string(),
  /** The id of the files that are reviewed together with this one; absent for a single file. */
  group: v.exactOptional(v.string()),
  /** Null for a new file. */
  proposal: v.nullable(
    v.object({
      base: lines,
      hunks: v.pipe(
        v.array(v.object({ id: line, start: line, end: line, lines, replaced: lines })),
        v.readonly(),
      ),
    }),
  ),
});

/** A pending review as it is on disk. */
export type StoredReview = v.InferOutput<typeof storedSchema>;

/** How long changes are collected before they are written, in milliseconds. */
const delay = 300;

/** An id is a part of a file name. */
const idPattern = /^[0-9a-z]{1,40}$/;

/** Keeps the pending reviews of a workspace, so that they come back with the next window. Each is a file. */
export class StoredReviews {
  private readonly ids: StoredValue<readonly string[]>;
  private readonly waiting = new Map<string, () => StoredReview>();
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  /** @param folder The folder of the files. */
  constructor(
    memory: Memory,
    private readonly folder: string,
    private readonly log: Log,
  ) {
    this.ids = new StoredValue<readonly string[]>(memory, log, {
      key: pendingReviewsKey,
      schema: v.array(v.pipe(v.string(), v.regex(idPattern))),
      fallback: [],
      name: 'the pending reviews',
    });
  }

  /** Reads the reviews. Leaves out a review whose file is missing or damaged. */
  async load(): Promise<readonly StoredReview[]> {
    const all = await Promise.all(this.ids.get().map((id) => this.read(id)));
    return all.filter((review) => review !== undefined);
  }

  /** Writes a review soon. @param review Called when it is written. */
  save(id: string, review: () => StoredReview): void {
    this.waiting.set(id, review);
    if (!this.ids.get().includes(id)) this.ids.set([...this.ids.get(), id]);
    this.timer ??= setTimeout(() => void this.flush(), delay);
  }

  /** Forgets a review that has ended. */
  delete(id: string): void {
    this.waiting.delete(id);
    this.ids.set(this.ids.get().filter((other) => other !== id));
    this.writing = this.writing.then(() => rm(this.fileOf(id), { force: true })).catch(this.warn);
  }

  /** Writes what waits. Resolves when it is on disk, or could not be written. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const reviews = [...this.waiting];
    this.waiting.clear();
    for (const [id, review] of reviews) {
      const json = toCheckedJson(review());
      this.writing = this.writing
        .then(() => replaceFile(this.fileOf(id), json, { fileSystem: nodeFileSystem, log: this.log }))
        .catch(this.warn);
    }
    await this.writing;
  }

  private async read(id: string): Promise<StoredReview | undefined> {
    try {
      const text = await nodeFileSystem.readText(this.fileOf(id));
      if (text !== undefined) return v.parse(storedSchema, readCheckedJson(text));
    } catch (error) {
      this.warn(error);
    }
    this.delete(id);
    return undefined;
  }

  private fileOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  private readonly warn = (error: unknown): void => {
    this.log.warn(`Couldn't keep a pending review: ${String(error)}`);
  };
}
