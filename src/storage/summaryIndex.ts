import * as v from 'valibot';
import type { ConversationSummary, Log } from '../core/ports';
import type { FileFacts, FileSystem } from './fileSystem';

const version = 2;

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

  constructor(
    private readonly path: string,
    private readonly fileSystem: FileSystem,
    private readonly log: Log,
  ) {}

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
    try {
      const text = await this.fileSystem.readText(this.path);
      if (text === undefined) return;
      this.entries = new Map(Object.entries(v.parse(indexSchema, JSON.parse(text)).entries));
    } catch (error) {
      this.log.warn(`The list of conversations is read anew from the journals: ${String(error)}`);
    }
  }

  private async write(): Promise<void> {
    if (!this.isChanged) return;
    this.isChanged = false;
    const temporary = `${this.path}.${crypto.randomUUID()}.tmp`;
    try {
      const text = JSON.stringify({ version, entries: Object.fromEntries(this.entries) });
      await this.fileSystem.writeText(temporary, text);
      await this.fileSystem.rename(temporary, this.path);
    } catch (error) {
      this.log.warn(`The list of conversations could not be saved: ${String(error)}`);
      await this.discard(temporary);
    }
  }

  private async discard(temporary: string): Promise<void> {
    try {
      await this.fileSystem.remove(temporary);
    } catch (error) {
      this.log.warn(`A temporary file is left behind: ${String(error)}`);
    }
  }
}
