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

/** Where the texts lie, and what they need. */
export interface TextCacheOptions {
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The words of each conversation as plain text, `texts/ID.txt`, because a journal holds an answer in
 * pieces, amid much else: reading it for every search would take seconds. Only a cache: a text counts
 * while its journal has the size and the time in the text's first line.
 */
export class TextCache {
  /** Whether the leftovers of other windows are gone: looked for once. */
  private isSwept = false;

  constructor(private readonly options: TextCacheOptions) {}

  /** The text of a journal in exactly this state; undefined when there is none. */
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
      log.warn(`The text of conversation ${id} is read anew from its journal: ${String(error)}`);
      return undefined;
    }
  }

  /** Keeps a text. Never rejects: what is lost is only time. */
  async keep(id: string, { size, modifiedAt }: FileFacts, text: string): Promise<void> {
    const header = JSON.stringify({ version, size, modifiedAt, checksum: checksumOf(text) });
    try {
      await replaceFile(this.pathOf(id), `${header}\n${text}`, this.options);
    } catch (error) {
      this.options.log.warn(`The text of conversation ${id} could not be kept: ${String(error)}`);
    }
  }

  /** Deletes a conversation's text: what was removed must not be readable beside the trash. */
  async forget(id: string): Promise<void> {
    await this.removeFile(this.pathOf(id));
  }

  /** Deletes all but these conversations' texts, and what an interrupted write left. */
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
