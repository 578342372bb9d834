import { join } from 'node:path';
import { messageText, type Conversation } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { ConversationStore, ConversationSummary, SearchHit } from '../../core/ports/conversationStore';
import type { Log } from '../../core/ports/log';
import type { Corruption } from './corruptionWatch';
import type { FileSystem } from '../files/fileSystem';
import type { JournalReading } from '../journal/journalReader';
import { CorruptionWatch } from './corruptionWatch';
import { emptyTrash, trashFolderIn } from './emptyTrash';
import { Journal } from '../journal/journal';
import { JournalReader } from '../journal/journalReader';
import { StorageError } from '../files/storageError';
import { SummaryIndex } from './summaryIndex';
import { mapConcurrently } from '../files/mapConcurrently';
import { nodeFileSystem } from '../files/fileSystem';
import { summarise } from './summarise';
import type { TextSearch } from '../search/textSearch';
import { LazyPart } from '../../shared/kit/lazyPart';

/** An id must not be able to name a file in another folder. */
const validId = /^[A-Za-z0-9-]{1,100}$/;
const extension = '.jsonl';
const day = 24 * 60 * 60 * 1000;
const concurrentReads = 8;

/** The folder of a library, and what the library needs. */
export interface LibraryOptions {
  /** Created when the first conversation is written. */
  readonly folder: string;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Node's file system if absent. */
  readonly fileSystem?: FileSystem;
  /** Called once for each problem of a journal that the user should know. */
  readonly onDamage?: (damage: Corruption) => void;
}

/**
 * A library: a folder of conversations. It has `conversations/ID.jsonl`, one append-only journal per conversation, `trash/`
 * for removed journals, `damaged/` for unreadable ones, and two caches: `index.json` for the list and `texts/` for the search.
 * Several windows may use the same folder.
 *
 * Its methods reject with a `StorageError`, or with an error of the file system. After any error but `invalid-id`,
 * `newer-version` and `too-large`, the next `append`, `flush` or `load` tries to write the same events again.
 */
export function createConversationStore(options: LibraryOptions): ConversationStore {
  return new Library(options);
}

class Library implements ConversationStore {
  private readonly journals = new Map<string, Journal>();
  private readonly fileSystem: FileSystem;
  private readonly index: SummaryIndex;
  private readonly conversationsFolder: string;
  private readonly trashFolder: string;
  private readonly damagedFolder: string;
  private readonly textSearch: LazyPart<TextSearch>;
  private readonly damage: CorruptionWatch;
  private lastListing: Promise<unknown> = Promise.resolve();
  private trashEmptiedAt = Number.NEGATIVE_INFINITY;
  private emptyingTrash: Promise<void> = Promise.resolve();

  constructor(private readonly options: LibraryOptions) {
    this.fileSystem = options.fileSystem ?? nodeFileSystem;
    const { folder, log, now } = options;
    const ports = { fileSystem: this.fileSystem, log, now };
    this.conversationsFolder = join(folder, 'conversations');
    this.trashFolder = trashFolderIn(folder);
    this.damagedFolder = join(folder, 'damaged');
    const damagedPath = join(this.damagedFolder, 'index.json');
    this.index = new SummaryIndex({ ...ports, path: join(folder, 'index.json'), damagedPath });
    this.textSearch = new LazyPart(async () => {
      const module = await import('../search/textSearch');
      return new module.TextSearch({
        ...ports,
        folder: join(folder, 'texts'),
        readText: (id) => this.readText(id),
        factsOf: (id) => this.index.factsOf(id),
      });
    });
    this.damage = new CorruptionWatch({
      log,
      onDamage: (damage) => options.onDamage?.(damage),
      setAside: (id, size) => this.journalOf(id).setAside(size),
    });
  }

  list(): Promise<readonly ConversationSummary[]> {
    const listing = this.lastListing.then(() => this.listNow());
    // The caller gets the error. The next listing only waits for the end of this one.
    this.lastListing = listing.catch(() => undefined);
    return listing;
  }

  async search(query: string): Promise<readonly SearchHit[]> {
    const search = await this.textSearch.get();
    return await search.search(query, await this.list());
  }

  async load(id: string): Promise<Conversation | undefined> {
    const reading = await this.journalOf(id).read();
    const isSetAside = await this.damage.note(id, reading, 'opened');
    return isSetAside ? undefined : reading.conversation;
  }

  async append(id: string, events: readonly ConversationEvent[]): Promise<void> {
    await this.journalOf(id).append(events);
  }

  async remove(id: string): Promise<void> {
    const journal = this.journalOf(id);
    // Loaded first: if that fails, nothing has been removed.
    const search = await this.textSearch.get();
    await this.fileSystem.makeFolder(this.trashFolder);
    await journal.remove(this.options.now());
    await search.forget(id);
    await this.emptyTrash();
  }

  async restore(id: string): Promise<void> {
    await this.journalOf(id).restore();
  }

  /** See `ConversationStore.flush`. Ignores `StorageError`s, such as those of removed conversations. */
  async flush(): Promise<void> {
    const failures = await this.flushJournals();
    await this.index.save();
    await this.emptyingTrash;
    const reasons = failures.filter((failure) => !(failure instanceof StorageError));
    if (reasons.length > 0) throw new AggregateError(reasons, 'Conversations could not be written.');
  }

  private async flushJournals(): Promise<unknown[]> {
    const outcomes = await Promise.all(Array.from(this.journals.values(), (journal) => journal.flush()));
    return outcomes.filter((outcome) => outcome !== undefined);
  }

  private journalOf(id: string): Journal {
    if (!validId.test(id)) throw new StorageError('invalid-id', id);
    let journal = this.journals.get(id);
    if (journal === undefined) {
      const folder = this.conversationsFolder;
      const trashPath = join(this.trashFolder, id + extension);
      const damagedPath = join(this.damagedFolder, id + extension);
      const place = { id, folder, trashPath, damagedPath, path: this.pathOf(id) };
      journal = new Journal(place, this.fileSystem, this.options.log);
      this.journals.set(id, journal);
    }
    return journal;
  }

  private pathOf(id: string): string {
    return join(this.conversationsFolder, id + extension);
  }

  private async listNow(): Promise<readonly ConversationSummary[]> {
    await this.flushJournals();
    await this.index.open();
    const ids = idsAmong(await this.fileSystem.names(this.conversationsFolder));
    const names = ids.map((id) => id + extension);
    const facts = await this.fileSystem.factsOfAll(this.conversationsFolder, names);
    const summaries: (ConversationSummary | null)[] = [];
    const changed: string[] = [];
    for (const [position, id] of ids.entries()) {
      const known = facts[position];
      const summary = known && this.index.find(id, known);
      if (summary === undefined) changed.push(id);
      else summaries.push(summary);
    }
    summaries.push(...(await mapConcurrently(changed, concurrentReads, (id) => this.readSummary(id))));
    this.index.keepOnly(new Set(ids));
    void this.index.save();
    this.emptyTrashDaily();
    return summaries.filter((summary) => summary !== null).sort(newestFirst);
  }

  /** Null if the journal has no message, and also if it cannot be read, because one bad file must not hide the others. */
  private async readSummary(id: string): Promise<ConversationSummary | null> {
    try {
      // The size is read before the file: an event that is appended in between makes the entry outdated, but not wrong.
      const facts = await this.fileSystem.facts(this.pathOf(id));
      const reading = await this.readJournal(id, 'withoutDeltas');
      if (facts === undefined || reading === undefined) return null;
      this.damage.compare(id, this.index.factsOf(id), facts);
      if (await this.damage.note(id, reading, 'listed')) {
        this.index.forget(id);
        return null;
      }
      const summary = reading.conversation === undefined ? null : summarise(reading.conversation);
      this.index.remember(id, facts, summary);
      return summary;
    } catch (error) {
      this.options.log.error(`Conversation ${id} could not be read: ${String(error)}`);
      return null;
    }
  }

  /** The text of all messages of a conversation, in all versions; undefined if the journal cannot be read. */
  private async readText(id: string): Promise<string | undefined> {
    try {
      const conversation = (await this.readJournal(id, 'whole'))?.conversation;
      return conversation && textOf(conversation);
    } catch (error) {
      this.options.log.error(`Conversation ${id} could not be searched: ${String(error)}`);
      return undefined;
    }
  }

  private async readJournal(
    id: string,
    depth: 'whole' | 'withoutDeltas',
  ): Promise<JournalReading | undefined> {
    const file = await this.fileSystem.open(this.pathOf(id), 'read');
    if (file === undefined) return undefined;
    const reader = new JournalReader(id, depth);
    try {
      await reader.readFile(file);
    } finally {
      await file.close();
    }
    return reader.finish();
  }

  /** Deletes old conversations from the trash for ever. */
  private emptyTrash(): Promise<void> {
    this.trashEmptiedAt = this.options.now();
    const { log, now } = this.options;
    return emptyTrash(this.trashFolder, { fileSystem: this.fileSystem, log, now });
  }

  /** The same, at most once a day, because a window may be open for months and lists conversations often. */
  private emptyTrashDaily(): void {
    if (this.options.now() - this.trashEmptiedAt < day) return;
    this.emptyingTrash = this.emptyTrash();
  }
}

function idsAmong(names: readonly string[]): string[] {
  return names
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .filter((id) => validId.test(id));
}

/** Without tool results, because users do not search for them. */
function textOf({ messages }: Conversation): string {
  const texts: string[] = [];
  for (const message of messages.values()) if (message.role !== 'tool') texts.push(messageText(message));
  return texts.join('\n');
}

function newestFirst(left: ConversationSummary, right: ConversationSummary): number {
  return (
    Number(right.pinned) - Number(left.pinned) ||
    right.updatedAt - left.updatedAt ||
    (left.id < right.id ? -1 : 1)
  );
}
