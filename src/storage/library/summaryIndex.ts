import { dirname } from 'node:path';
import * as v from 'valibot';
import type { ConversationSummary } from '../../core/ports/conversationStore';
import type { Log } from '../../core/ports/log';
import { readCheckedJson, toCheckedJson } from '../files/toCheckedJson';
import type { FileFacts, FileSystem } from '../files/fileSystem';
import { removeLeftovers, replaceFile } from '../files/replaceFile';

const version = 3;

const entrySchema = v.object({
  size: v.number(),
  modifiedAt: v.number(),
  /** Null for a journal without messages: known, but not listed. */
  summary: v.nullable(
    v.object({
      title: v.string(),
      createdAt: v.number(),
      updatedAt: v.number(),
      messageCount: v.number(),
      pinned: v.boolean(),
    }),
  ),
});

const indexSchema = v.object({ version: v.literal(version), entries: v.record(v.string(), entrySchema) });

type Entry = v.InferOutput<typeof entrySchema>;

/** Where the index lies, and what it needs. */
export interface SummaryIndexOptions {
  readonly path: string;
  /** Where a damaged index goes. Only the last one is kept: all that it holds is in the journals. */
  readonly damagedPath: string;
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Remembers the summary of each journal, so that listing thousands reads one file. Only a cache: an
 * entry counts while its journal has the same size and time, and a damaged index is made anew.
 */
export class SummaryIndex {
  /** Empty until `open`. */
  private entries = new Map<string, Entry>();
  private opening: Promise<void> | undefined;
  private isChanged = false;
  private lastSave: Promise<void> = Promise.resolve();

  constructor(private readonly options: SummaryIndexOptions) {}

  /** Reads the index, once; before that nothing is remembered. Never rejects. */
  open(): Promise<void> {
    this.opening ??= this.load();
    return this.opening;
  }

  /** What is remembered of the journal in exactly this state; undefined when nothing is. */
  find(id: string, facts: FileFacts): ConversationSummary | null | undefined {
    const entry = this.entries.get(id);
    if (entry?.size !== facts.size || entry.modifiedAt !== facts.modifiedAt) return undefined;
    return entry.summary === null ? null : { id, ...entry.summary };
  }

  /** State of a journal when its summary was remembered. */
  factsOf(id: string): FileFacts | undefined {
    return this.entries.get(id);
  }

  /** Remembers the summary of a journal in this state. */
  remember(id: string, facts: FileFacts, summary: ConversationSummary | null): void {
    this.isChanged = true;
    this.entries.set(id, { size: facts.size, modifiedAt: facts.modifiedAt, summary });
  }

  /** Forgets a journal. */
  forget(id: string): void {
    if (this.entries.delete(id)) this.isChanged = true;
  }

  /** Forgets all but these conversations. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.entries.keys()) {
      if (ids.has(id)) continue;
      this.entries.delete(id);
      this.isChanged = true;
    }
  }

  /** Writes the index if it changed. Never rejects: what is lost is only time. */
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
      this.entries = new Map(Object.entries(v.parse(indexSchema, readCheckedJson(text)).entries));
    } catch (error) {
      const kept = text === undefined ? '' : await this.setAside();
      log.warn(`The list of conversations is read anew from the journals. ${String(error)} ${kept}`);
    }
  }

  /** Returns a sentence that tells where the damaged index is now. */
  private async setAside(): Promise<string> {
    const { path, damagedPath, fileSystem } = this.options;
    try {
      await fileSystem.makeFolder(dirname(damagedPath));
      await fileSystem.rename(path, damagedPath);
      return `It is kept as ${damagedPath}.`;
    } catch (error) {
      return `It could not be set aside: ${String(error)}`;
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
      const text = toCheckedJson({ version, entries: Object.fromEntries(this.entries) });
      await replaceFile(path, text, this.options);
    } catch (error) {
      log.warn(`The list of conversations could not be saved: ${String(error)}`);
    }
  }
}
