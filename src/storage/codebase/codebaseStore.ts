import { basename, join } from 'node:path';
import type { Pace } from '../../core/codebase/pace';
import type { Segment } from '../../core/codebase/segment';
import { SegmentSet } from '../../core/codebase/segmentSet';
import type { Log } from '../../core/ports/log';
import type { FileSystem } from '../files/fileSystem';
import { removeLeftovers, replaceFile } from '../files/replaceFile';
import { readSegmentFile, toSegmentFile } from './toSegmentFile';

/** What a store needs. */
interface CodebaseStoreOptions {
  /** The folder of one index. All its files belong to the index. */
  readonly folder: string;
  /** The coordinates of its rotated vectors; 0 for an index without vectors. */
  readonly coordinates: number;
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** `00000042.<uuid>.segment`: the generation, which orders the segments. */
const segmentName = /^(\d{8})\.[\w-]{1,60}\.segment$/;

/**
 * The segments of an index on the disk. A segment is written once, under a new name and atomically. Two windows can share the
 * folder: each only adds segments, and removes those whose files it has written again before. A damaged segment is deleted:
 * its files then count as not indexed.
 */
export class CodebaseStore {
  readonly set = new SegmentSet();
  private readonly byName = new Map<string, Segment>();
  private generation = 0;

  constructor(private readonly options: CodebaseStoreOptions) {}

  /** The name of its folder. */
  get name(): string {
    return basename(this.options.folder);
  }

  /** Reads the segments that were added since the last call, also by other windows. Rejects with errors of the disk. */
  async refresh(pace: Pace): Promise<void> {
    const { folder, fileSystem, now } = this.options;
    if (this.byName.size === 0) await removeLeftovers(folder, now(), fileSystem);
    const names = (await fileSystem.names(folder)).filter((name) => segmentName.test(name)).sort();
    const present = new Set(names);
    for (const [name, segment] of this.byName) if (!present.has(name)) this.forget(name, segment);
    for (const name of names) {
      if (this.byName.has(name)) continue;
      const segment = await this.read(name);
      if (segment !== undefined) this.remember(name, segment);
      if (pace.isDue()) await pace.rest();
    }
  }

  /** Adds a segment. Resolves when it is on the disk. */
  async add(segment: Segment): Promise<void> {
    const { folder, fileSystem, log } = this.options;
    const generation = String(Math.min(this.generation + 1, 99_999_999)).padStart(8, '0');
    const name = `${generation}.${crypto.randomUUID()}.segment`;
    await replaceFile(join(folder, name), toSegmentFile(segment), { fileSystem, log });
    this.remember(name, segment);
  }

  /** Deletes segments whose files are in later segments, or are not part of the workspace any more. */
  async drop(segments: ReadonlySet<Segment>): Promise<void> {
    for (const [name, segment] of this.byName) {
      if (!segments.has(segment)) continue;
      this.forget(name, segment);
      await this.options.fileSystem.remove(join(this.options.folder, name));
    }
  }

  private async read(name: string): Promise<Segment | undefined> {
    const { folder, coordinates, fileSystem, log } = this.options;
    const path = join(folder, name);
    // Another window may have deleted it in the meantime.
    const bytes = await fileSystem.readBytes(path);
    if (bytes === undefined) return undefined;
    try {
      const segment = readSegmentFile(bytes);
      if (segment.layout.coordinates !== coordinates) throw new Error('The vectors have another width.');
      return segment;
    } catch (error) {
      log.warn(`A part of the codebase index is built again. ${String(error)}`);
      await fileSystem.remove(path);
      return undefined;
    }
  }

  private remember(name: string, segment: Segment): void {
    this.byName.set(name, segment);
    this.set.add(segment);
    this.generation = Math.max(this.generation, Number(segmentName.exec(name)?.[1] ?? 0));
  }

  private forget(name: string, segment: Segment): void {
    this.byName.delete(name);
    this.set.drop(segment);
  }
}
