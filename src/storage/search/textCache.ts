import { join } from 'node:path';
import type { Log } from '../../core/ports/log';
import { checksumOf } from '../files/checksumOf';
import type { FileFacts } from '../files/fileFacts';
import type { FileSystem } from '../files/fileSystem';
import { mapConcurrently } from '../files/mapConcurrently';
import { removeLeftovers, replaceFile } from '../files/replaceFile';
import { decodeShard, encodeShard, TextShard } from './textShard';

/** Up to 256 shards. With ten thousand conversations, each has about forty texts. */
const shardNameLength = 2;
const extension = '.texts';
/** Earlier versions kept one file per conversation. */
const earlierExtension = '.txt';
const concurrentShards = 8;
const concurrentRemovals = 8;

/** The folder of the texts, and what the cache needs. */
export interface TextCacheOptions {
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The text of a conversation from its journal; undefined if the journal cannot be read. */
  readonly readText: (id: string) => Promise<string | undefined>;
}

/** A conversation whose text is wanted. */
interface WantedText {
  readonly id: string;
  /** The size and time of the journal at the last listing; undefined if they are unknown. */
  readonly facts: FileFacts | undefined;
}

/**
 * The texts of all conversations, because reading and reducing all journals for every search would take seconds. The texts are
 * in a few files, `texts/NN.texts`, because opening ten thousand files takes longer than searching them. A checksum of the id
 * decides the file.
 *
 * It is a cache: a text is valid while its journal has the size and the time that are stored with the text. Several windows
 * may write the same file. The last one wins, and a text that is missing then is read from its journal again.
 */
export class TextCache {
  /** True if all files have been looked through for what other windows and earlier versions left there, which is done once. */
  private isSwept = false;
  /** The last task of each shard. */
  private readonly tasks = new Map<string, Promise<void>>();

  constructor(private readonly options: TextCacheOptions) {}

  /**
   * Calls `onText` once for each wanted conversation, in any order, with its text in NFC; undefined if it cannot be read. Keeps
   * the texts of the `listed` conversations and deletes all others. Never rejects.
   */
  async forEach(
    wanted: readonly WantedText[],
    listed: Iterable<string>,
    onText: (id: string, text: string | undefined) => void,
  ): Promise<void> {
    const shards = new Map<string, WantedText[]>();
    for (const text of wanted) {
      const shard = shardOf(text.id);
      const others = shards.get(shard);
      if (others === undefined) shards.set(shard, [text]);
      else others.push(text);
    }
    const ids = new Set(listed);
    for (const shard of await this.tidy(ids)) if (!shards.has(shard)) shards.set(shard, []);
    await mapConcurrently([...shards], concurrentShards, async ([shard, texts]) => {
      await this.exclusive(shard, () => this.visit(shard, texts, ids, onText));
    });
  }

  /** Deletes the text of a removed conversation, so that it exists only in the trash. Never rejects. */
  async forget(id: string): Promise<void> {
    const shard = shardOf(id);
    await this.exclusive(shard, async () => {
      const texts = await this.read(shard);
      if (texts === undefined) return;
      texts.delete(id);
      await this.write(shard, texts);
    });
  }

  private async visit(
    shard: string,
    wanted: readonly WantedText[],
    listed: ReadonlySet<string>,
    onText: (id: string, text: string | undefined) => void,
  ): Promise<void> {
    const texts = (await this.read(shard)) ?? new TextShard();
    let isChanged = false;
    for (const id of texts.keys()) if (!listed.has(id)) isChanged = texts.delete(id);
    for (const { id, facts } of wanted) {
      const kept = texts.get(id);
      if (kept !== undefined && kept.size === facts?.size && kept.modifiedAt === facts.modifiedAt) {
        onText(id, kept.bytes.toString());
        continue;
      }
      const text = (await this.options.readText(id))?.normalize('NFC');
      onText(id, text);
      if (text === undefined || facts === undefined) continue;
      const { size, modifiedAt } = facts;
      texts.set(id, { size, modifiedAt, bytes: Buffer.from(text) });
      isChanged = true;
    }
    if (isChanged) await this.write(shard, texts);
  }

  /**
   * Deletes the files in which no text belongs to a listed conversation. The first call also deletes the files of earlier
   * versions and of killed windows, and resolves with the shards of all other files. Later calls resolve with no shards.
   */
  private async tidy(listed: ReadonlySet<string>): Promise<readonly string[]> {
    const { folder, fileSystem, log, now } = this.options;
    try {
      const used = new Set(Array.from(listed, shardOf));
      const names = await fileSystem.names(folder);
      const shards = names
        .filter((name) => name.endsWith(extension))
        .map((name) => name.slice(0, -extension.length));
      const unused = shards.filter((shard) => !used.has(shard)).map((shard) => shard + extension);
      const earlier = this.isSwept ? [] : names.filter((name) => name.endsWith(earlierExtension));
      await mapConcurrently([...unused, ...earlier], concurrentRemovals, (name) =>
        this.removeFile(join(folder, name)),
      );
      if (this.isSwept) return [];
      await removeLeftovers(folder, now(), fileSystem);
      this.isSwept = true;
      return shards.filter((shard) => used.has(shard));
    } catch (error) {
      log.warn(`Texts of removed conversations could not be deleted: ${String(error)}`);
      return [];
    }
  }

  /** The texts of a file; undefined if there is no such file, none if it cannot be used. */
  private async read(shard: string): Promise<TextShard | undefined> {
    try {
      const file = await this.options.fileSystem.readBytes(this.pathOf(shard));
      return file && decodeShard(file);
    } catch (error) {
      this.options.log.warn(
        `The texts in ${shard}${extension} are rebuilt from the journals: ${String(error)}`,
      );
      return new TextShard();
    }
  }

  /** Never rejects, because the texts can be rebuilt. */
  private async write(shard: string, texts: TextShard): Promise<void> {
    try {
      if (texts.size === 0) await this.options.fileSystem.remove(this.pathOf(shard));
      else await replaceFile(this.pathOf(shard), encodeShard(texts), this.options);
    } catch (error) {
      this.options.log.warn(`The texts in ${shard}${extension} could not be kept: ${String(error)}`);
    }
  }

  /** Runs the tasks of a shard one after the other. */
  private exclusive(shard: string, task: () => Promise<void>): Promise<void> {
    const result = (this.tasks.get(shard) ?? Promise.resolve()).then(task);
    this.tasks.set(shard, result);
    return result;
  }

  private async removeFile(path: string): Promise<void> {
    try {
      await this.options.fileSystem.remove(path);
    } catch (error) {
      this.options.log.warn(`A text is left behind: ${String(error)}`);
    }
  }

  private pathOf(shard: string): string {
    return join(this.options.folder, shard + extension);
  }
}

function shardOf(id: string): string {
  return checksumOf(id).slice(0, shardNameLength);
}
