import { join } from 'node:path';
import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { checksumOf } from '../files/checksumOf';
import type { FileFacts, FileSystem } from '../files/fileSystem';
import { mapConcurrently } from '../files/mapConcurrently';
import { removeLeftovers, replaceFile } from '../files/replaceFile';

const version = 2;
const extension = '.txt';
const concurrentRemovals = 8;

const headerSchema = v.object({
  version: v.literal(version),
  size: v.number(),
  modifiedAt: v.number(),
  /** Of the text. */
  checksum: v.string(),
});

/** The folder of the texts, and what the cache needs. */
interface TextCacheOptions {
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The text of each conversation in `texts/ID.txt`, because reading and reducing all journals for every search would take
 * seconds. It is a cache: a text is valid while its journal has the size and the time in the first line of the file.
 */
export class TextCache {
  /** True if the leftovers of killed windows have been deleted, which is done once. */
  private isSwept = false;

  constructor(private readonly options: TextCacheOptions) {}

  /** The text of the journal with exactly this size and time; undefined if there is no such text. Never rejects. */
  async find(id: string, facts: FileFacts): Promise<string | undefined> {
    const { fileSystem, log } = this.options;
    try {
      const content = await fileSystem.readText(this.pathOf(id));
      if (content === undefined) return undefined;
      const headerEnd = content.indexOf('\n');
      const header = v.safeParse(headerSchema, JSON.parse(content.slice(0, Math.max(0, headerEnd))));
      // Another version wrote it.
      if (!header.success) return undefined;
      const text = content.slice(headerEnd + 1);
      const { size, modifiedAt, checksum } = header.output;
      if (checksum !== checksumOf(text)) throw new Error('The file is damaged.');
      return size === facts.size && modifiedAt === facts.modifiedAt ? text : undefined;
    } catch (error) {
      log.warn(`The text of conversation ${id} is rebuilt from its journal: ${String(error)}`);
      return undefined;
    }
  }

  /** Stores the text of a journal with this size and time. Never rejects, because the text can be rebuilt. */
  async keep(id: string, { size, modifiedAt }: FileFacts, text: string): Promise<void> {
    const header = JSON.stringify({ version, size, modifiedAt, checksum: checksumOf(text) });
    try {
      await replaceFile(this.pathOf(id), `${header}\n${text}`, this.options);
    } catch (error) {
      this.options.log.warn(`The text of conversation ${id} could not be kept: ${String(error)}`);
    }
  }

  /** Deletes the text of a removed conversation, so that it exists only in the trash. Never rejects. */
  async forget(id: string): Promise<void> {
    await this.removeFile(this.pathOf(id));
  }

  /** Deletes the texts of all other conversations, and the leftovers of killed windows. Never rejects. */
  async keepOnly(ids: ReadonlySet<string>): Promise<void> {
    const { folder, fileSystem, log, now } = this.options;
    try {
      const names = await fileSystem.names(folder);
      const surplus = names.filter(
        (name) => name.endsWith(extension) && !ids.has(name.slice(0, -extension.length)),
      );
      await mapConcurrently(surplus, concurrentRemovals, (name) => this.removeFile(join(folder, name)));
      if (this.isSwept) return;
      await removeLeftovers(folder, now(), fileSystem);
      this.isSwept = true;
    } catch (error) {
      log.warn(`Texts of removed conversations could not be deleted: ${String(error)}`);
    }
  }

  private async removeFile(path: string): Promise<void> {
    try {
      await this.options.fileSystem.remove(path);
    } catch (error) {
      this.options.log.warn(`A text is left behind: ${String(error)}`);
    }
  }

  private pathOf(id: string): string {
    return join(this.options.folder, id + extension);
  }
}
