import { dirname } from 'node:path';
import type { ConversationSummary } from '../../core/ports/conversationStore';
import type { Log } from '../../core/ports/log';
import { readCheckedJson, toCheckedJson } from '../files/checksumOf';
import type { FileFacts } from '../files/fileFacts';
import type { FileSystem } from '../files/fileSystem';
import { removeLeftovers, replaceFile } from '../files/replaceFile';
import { fromColumns, toColumns, type IndexEntry } from './toColumns';

/** The path of the index, and what it needs. */
interface SummaryIndexOptions {
  readonly path: string;
  /** The new path of a damaged index. Replaces an earlier one, because an index has no data of its own. */
  readonly damagedPath: string;
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Stores the summary of each journal in one file, so that a list of thousands of conversations needs only one read. It is a
 * cache: an entry is valid while its journal has the same size and time, and a damaged index is rebuilt from the journals.
 */
export class SummaryIndex {
  /** Empty until `open`. */
  private entries = new Map<string, IndexEntry>();
  private opening: Promise<void> | undefined;
  private isChanged = false;
  private lastSave: Promise<void> = Promise.resolve();

  constructor(private readonly options: SummaryIndexOptions) {}

  /** Reads the index when it is called first. Never rejects. */
  open(): Promise<void> {
    this.opening ??= this.load();
    return this.opening;
  }

  /** The summary of the journal with exactly this size and time; undefined if there is no such entry. */
  find(id: string, facts: FileFacts): ConversationSummary | null | undefined {
    const entry = this.entries.get(id);
    if (entry?.size !== facts.size || entry.modifiedAt !== facts.modifiedAt) return undefined;
    return entry.summary;
  }

  /** The size and time of a journal when its summary was stored. */
  factsOf(id: string): FileFacts | undefined {
    return this.entries.get(id);
  }

  /** Adds the summary of a journal with this size and time. `save` writes it. */
  remember(id: string, facts: FileFacts, summary: ConversationSummary | null): void {
    this.isChanged = true;
    this.entries.set(id, { size: facts.size, modifiedAt: facts.modifiedAt, summary });
  }

  /** Removes the entry of a journal. */
  forget(id: string): void {
    if (this.entries.delete(id)) this.isChanged = true;
  }

  /** Removes the entries of all other conversations. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.entries.keys()) {
      if (ids.has(id)) continue;
      this.entries.delete(id);
      this.isChanged = true;
    }
  }

  /** Writes the index if it has changed. Never rejects, because the index can be rebuilt. */
  save(): Promise<void> {
    this.lastSave = this.lastSave.then(() => this.write());
    return this.lastSave;
  }

  private async load(): Promise<void> {
    const { path, fileSystem, log } = this.options;
    await this.removeLeftovers();
    let text: string | undefined;
    try {
      text = await fileSystem.readText(path);
      if (text === undefined) return;
      this.entries = fromColumns(readCheckedJson(text));
    } catch (error) {
      const kept = text === undefined ? '' : await this.setAside();
      log.warn(`The list of conversations is rebuilt from the journals. ${String(error)} ${kept}`);
    }
  }

  /** Moves the damaged index. Resolves with a sentence that says where it is now. */
  private async setAside(): Promise<string> {
    const { path, damagedPath, fileSystem } = this.options;
    try {
      await fileSystem.makeFolder(dirname(damagedPath));
      await fileSystem.rename(path, damagedPath);
      return `It is kept as ${damagedPath}.`;
    } catch (error) {
      return `It could not be moved: ${String(error)}`;
    }
  }

  private async removeLeftovers(): Promise<void> {
    const { path, now, fileSystem, log } = this.options;
    try {
      await removeLeftovers(dirname(path), now(), fileSystem);
    } catch (error) {
      log.warn(`Temporary files are left behind: ${String(error)}`);
    }
  }

  private async write(): Promise<void> {
    if (!this.isChanged) return;
    this.isChanged = false;
    const { path, log } = this.options;
    try {
      const text = toCheckedJson(toColumns(this.entries));
      await replaceFile(path, text, this.options);
    } catch (error) {
      log.warn(`The list of conversations could not be saved: ${String(error)}`);
    }
  }
}
