import type { ConversationEvent } from '../shared/events';
import type { Log } from '../core/ports';
import type { FileHandle, FileSystem } from './fileSystem';
import type { JournalReading } from './journalReader';
import { decodeLine, encodeEvent, headerLine, journalVersion } from './journalLine';
import { isDelta, pushMerged } from './mergeDeltas';
import { JournalReader } from './journalReader';
import { StorageError } from './storageError';
import { readLines } from './readLines';

/** How long pieces of an answer wait for more of them, in milliseconds: what a crash may cost. */
const gatherDelay = 100;
/** A header is somewhere in the first bytes, or it is missing. */
const headerReach = 4096;
const lineEnd = Buffer.from('\n');

/** Where one journal lies, and where it goes when it is removed. */
export interface JournalPlace {
  readonly id: string;
  readonly path: string;
  readonly trashPath: string;
  /** The folder of `path`. */
  readonly folder: string;
}

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Writes one conversation's events, in order, one write at a time. The file is opened for each
 * batch, so that it can be renamed at any time, also by another window, and on Windows.
 *
 * Every batch begins with a line end besides ending with one: whatever torn piece the file ends with,
 * from an earlier crash or from another window, spoils no line but its own.
 */
export class Journal {
  /** Appended, not yet taken up by a write. */
  private waiting: ConversationEvent[] = [];
  private waiters: Waiter[] = [];
  /** Taken up by a write, but not known to be in the file. Never merged again: see `dropWritten`. */
  private lines: Buffer[] = [];
  /** Where the file ended before a write whose outcome is unknown. */
  private uncertainFrom: number | undefined;
  private syncNeeded = false;
  /** The header is in the file or in `lines`; a file whose beginning is damaged gets one only once. */
  private headerGiven = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writeScheduled = false;
  private lastTask: Promise<unknown> = Promise.resolve();
  private wasSeen = false;
  private wasRemoved = false;
  private isFailing = false;

  constructor(
    private readonly place: JournalPlace,
    private readonly fileSystem: FileSystem,
    private readonly log: Log,
  ) {}

  /** See `ConversationStore.append`. */
  append(events: readonly ConversationEvent[]): Promise<void> {
    for (const event of events) pushMerged(this.waiting, event);
    const written = new Promise<void>((resolve, reject) => {
      this.waiters.push({ resolve, reject });
    });
    if (events.every(isDelta)) this.timer ??= setTimeout(() => void this.scheduleWrite(), gatherDelay);
    else void this.scheduleWrite();
    return written;
  }

  /** Writes what waits. Resolves with what kept it from the file, or with undefined. */
  flush(): Promise<unknown> {
    return this.exclusive(() => this.write());
  }

  /** The conversation as it is in the file, and after it what could not be written yet. */
  read(): Promise<JournalReading> {
    return this.exclusive(async () => {
      await this.write();
      const reader = new JournalReader(this.place.id, 'whole');
      const handle = await this.fileSystem.open(this.place.path, 'read');
      await withFile(handle, async (file) => {
        await this.dropWritten(file);
        await reader.readFile(file);
      });
      const isGone = handle === undefined && (this.wasSeen || this.wasRemoved);
      if (!isGone) for (const line of this.lines) reader.readLine(line);
      return reader.finish();
    });
  }

  /** Moves the file to the trash. What comes later is refused, but kept for a `restore`. */
  remove(removedAt: number): Promise<void> {
    return this.exclusive(async () => {
      await this.write();
      const { path, trashPath } = this.place;
      if ((await this.fileSystem.facts(path)) !== undefined) {
        // The trash is emptied by age, and a rename alone keeps the time of the last answer.
        await this.fileSystem.touch(path, removedAt);
        await this.fileSystem.rename(path, trashPath);
      }
      this.wasRemoved = true;
    });
  }

  /** Undoes `remove`. */
  restore(): Promise<void> {
    return this.exclusive(async () => {
      const { id, path, trashPath } = this.place;
      if ((await this.fileSystem.facts(path)) === undefined) {
        const isInTrash = (await this.fileSystem.facts(trashPath)) !== undefined;
        if (isInTrash) await this.fileSystem.rename(trashPath, path);
        else if (this.wasSeen || !this.wasRemoved) throw new StorageError('not-found', id);
      }
      this.wasRemoved = false;
      await this.write();
    });
  }

  /** Writes as soon as what is in flight has ended; what is appended until then goes along. */
  private async scheduleWrite(): Promise<void> {
    if (this.writeScheduled) return;
    this.writeScheduled = true;
    await this.flush();
  }

  private exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.lastTask.then(task);
    // The caller hears of a failure; those behind it in the queue only wait for its end.
    this.lastTask = result.catch(() => undefined);
    return result;
  }

  private async write(): Promise<unknown> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writeScheduled = false;
    this.syncNeeded ||= this.waiting.some(isMilestone);
    this.lines = [...this.lines, ...this.waiting.map(encodeEvent)];
    const waiters = this.waiters;
    this.waiting = [];
    this.waiters = [];
    try {
      if (this.lines.length > 0 || this.syncNeeded) {
        await withFile(await this.open(), (file) => this.writeLines(file));
        this.reportSuccess();
      }
      for (const waiter of waiters) waiter.resolve();
      return undefined;
    } catch (error) {
      this.reportFailure(error);
      if (error instanceof StorageError && error.kind === 'newer-version') this.forgetLines();
      for (const waiter of waiters) waiter.reject(error);
      return error;
    }
  }

  private async open(): Promise<FileHandle> {
    const { id, path, trashPath, folder } = this.place;
    let file = await this.fileSystem.open(path, 'append');
    if (file === undefined) {
      const isGone = this.wasSeen || this.wasRemoved;
      if (isGone || (await this.fileSystem.facts(trashPath)) !== undefined) {
        throw new StorageError('removed', id);
      }
      await this.fileSystem.makeFolder(folder);
      file =
        (await this.fileSystem.create(path)) ??
        // Another window was quicker.
        (await this.fileSystem.open(path, 'append'));
      if (file === undefined) throw new StorageError('removed', id);
    }
    this.wasSeen = true;
    return file;
  }

  private async writeLines(file: FileHandle): Promise<void> {
    await this.dropWritten(file);
    const version = await readVersion(file);
    if (version !== undefined && version > journalVersion) {
      throw new StorageError('newer-version', this.place.id);
    }
    if (version === undefined && !this.headerGiven) this.lines.unshift(headerLine);
    this.headerGiven = true;
    while (this.lines.length > 0) {
      this.uncertainFrom = await file.size();
      const opening = this.uncertainFrom === 0 ? [] : [lineEnd];
      const bytes = Buffer.concat([...opening, ...this.lines.flatMap((line) => [line, lineEnd])]);
      const length = await file.append(bytes);
      this.uncertainFrom = undefined;
      const whole = countWhole(this.lines, length - opening.length);
      // What is left of a short write begins again on a fresh line: another window may have come between.
      this.lines.splice(0, whole);
      if (whole === 0) throw new Error('The disk took only a part of a line.');
    }
    if (this.syncNeeded) {
      await file.sync();
      this.syncNeeded = false;
    }
  }

  /**
   * After a write that failed half-way: finds which of its lines are in the file nevertheless, so
   * that writing the others does not write these twice.
   */
  private async dropWritten(file: FileHandle): Promise<void> {
    if (this.uncertainFrom === undefined) return;
    let written = 0;
    await readLines(file, this.uncertainFrom, (line) => {
      if (this.lines[written]?.equals(line) === true) written += 1;
    });
    this.lines.splice(0, written);
    this.uncertainFrom = undefined;
  }

  private forgetLines(): void {
    this.lines = [];
    this.syncNeeded = false;
  }

  private reportSuccess(): void {
    if (this.isFailing) this.log.info(`Conversation ${this.place.id} is written again.`);
    this.isFailing = false;
  }

  private reportFailure(error: unknown): void {
    if (!this.isFailing)
      this.log.error(`Conversation ${this.place.id} could not be written: ${String(error)}`);
    this.isFailing = true;
  }
}

/** What must survive a power cut: prompts, and answers as a whole. */
function isMilestone(event: ConversationEvent): boolean {
  return event.kind === 'message-added' || event.kind === 'answer-ended';
}

/** How many of the lines are in the file as a whole, after `length` bytes of them. */
function countWhole(lines: readonly Buffer[], length: number): number {
  let end = 0;
  const torn = lines.findIndex((line) => {
    const isTorn = end + line.length > length;
    end += line.length + lineEnd.length;
    return isTorn;
  });
  return torn === -1 ? lines.length : torn;
}

/** The version that the journal's header names; undefined when it has none (yet). */
async function readVersion(file: FileHandle): Promise<number | undefined> {
  const buffer = Buffer.alloc(headerReach);
  const beginning = buffer.subarray(0, await file.read(buffer, 0));
  for (let start = 0; start < beginning.length;) {
    const found = beginning.indexOf(lineEnd, start);
    const end = found === -1 ? beginning.length : found;
    const content = decodeLine(beginning.subarray(start, end));
    if (content.kind === 'header') return content.version;
    start = end + 1;
  }
  return undefined;
}

/** Does something with a file and closes it, whatever happens; nothing when there is no file. */
async function withFile(
  file: FileHandle | undefined,
  action: (file: FileHandle) => Promise<void>,
): Promise<void> {
  if (file === undefined) return;
  try {
    await action(file);
  } finally {
    await file.close();
  }
}
