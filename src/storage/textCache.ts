import { join } from 'node:path';
import * as v from 'valibot';
import type { Log } from '../core/ports';
import type { FileFacts, FileSystem } from './fileSystem';
import { mapConcurrently } from './mapConcurrently';

const version = 1;
const extension = '.txt';
const concurrentRemovals = 8;

const headerSchema = v.object({
  version: v.literal(version),
  size: v.number(),
  modifiedAt: v.number(),
});

/**
 * The words of each conversation as plain text, `texts/ID.txt`, because a journal holds an answer in
 * pieces, amid much else: reading it for every search would take seconds. Only a cache: a text counts
 * while its journal has the size and the time in the text's first line.
 */
export class TextCache {
  constructor(
    private readonly folder: string,
    private readonly fileSystem: FileSystem,
    private readonly log: Log,
  ) {}

  /** The text of a journal in exactly this state; undefined when there is none. */
  async find(id: string, facts: FileFacts): Promise<string | undefined> {
    try {
      const content = await this.fileSystem.readText(this.pathOf(id));
      const headerEnd = content?.indexOf('\n') ?? -1;
      if (content === undefined || headerEnd < 0) return undefined;
      const header = v.safeParse(headerSchema, JSON.parse(content.slice(0, headerEnd)));
      const isCurrent =
        header.success && header.output.size === facts.size && header.output.modifiedAt === facts.modifiedAt;
      return isCurrent ? content.slice(headerEnd + 1) : undefined;
    } catch (error) {
      this.log.warn(`The text of conversation ${id} is read anew from its journal: ${String(error)}`);
      return undefined;
    }
  }

  /** Keeps a text. Never rejects: what is lost is only time. */
  async keep(id: string, { size, modifiedAt }: FileFacts, text: string): Promise<void> {
    const temporary = join(this.folder, `${id}.${crypto.randomUUID()}.tmp`);
    try {
      await this.fileSystem.makeFolder(this.folder);
      const header = JSON.stringify({ version, size, modifiedAt });
      await this.fileSystem.writeText(temporary, `${header}\n${text}`);
      await this.fileSystem.rename(temporary, this.pathOf(id));
    } catch (error) {
      this.log.warn(`The text of conversation ${id} could not be kept: ${String(error)}`);
      await this.removeFile(temporary);
    }
  }

  /** Deletes a conversation's text: what was removed must not be readable beside the trash. */
  async forget(id: string): Promise<void> {
    await this.removeFile(this.pathOf(id));
  }

  /** Deletes all but these conversations' texts, and what an interrupted write left. */
  async keepOnly(ids: ReadonlySet<string>): Promise<void> {
    try {
      const names = await this.fileSystem.names(this.folder);
      const surplus = names.filter(
        (name) => name.endsWith(extension) && !ids.has(name.slice(0, -extension.length)),
      );
      await mapConcurrently(surplus, concurrentRemovals, (name) => this.removeFile(join(this.folder, name)));
    } catch (error) {
      this.log.warn(`Texts of removed conversations could not be deleted: ${String(error)}`);
    }
  }

  private async removeFile(path: string): Promise<void> {
    try {
      await this.fileSystem.remove(path);
    } catch (error) {
      this.log.warn(`A text is left behind: ${String(error)}`);
    }
  }

  private pathOf(id: string): string {
    return join(this.folder, id + extension);
  }
}
