import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { Log } from '../../core/ports/log';
import type { FileHandle, FileSystem } from '../files/fileSystem';
import type { JournalReading } from './journalReader';
import type { JournalPlace } from './journalFile';
import { JournalFile } from './journalFile';
import { guessOrigin, readOrigin } from './readOrigin';
import { encodeEvent, headerLine, lineEnd } from './journalLine';
import { isDelta, pushMerged } from './pushMerged';
import { JournalReader } from './journalReader';
import { StorageError } from '../files/storageError';
import { readLines } from './readLines';
import { withFile } from '../files/withFile';

/** How long pieces of an answer wait for more of them, in milliseconds: what a crash may cost. */
const gatherDelay = 100;
const lineEndBytes = Buffer.of(lineEnd);

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
  /**
   * The file was there once. Only a window that has never seen a conversation, because it made it, begins its
   * journal: another one might do so while the file is on its way to the trash or back, and there would be two.
   */
  private wasSeen = false;
  private wasRemoved = false;
  private isFailing = false;

  private readonly id: string;
  private readonly file: JournalFile;

  constructor(
    place: JournalPlace,
    fileSystem: FileSystem,
    private readonly log: Log,
  ) {
    this.id = place.id;
    this.file = new JournalFile(place, fileSystem);
  }

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
      const reader = new JournalReader(this.id, 'whole');
      const handle = await this.file.open('read');
      this.wasSeen ||= handle !== undefined;
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
      await this.file.moveToTrash(removedAt);
      this.wasRemoved = true;
    });
  }

  /** Undoes `remove`. */
  restore(): Promise<void> {
    return this.exclusive(async () => {
      if (!(await this.file.isThere())) {
        await this.file.takeFromTrash();
        const neverWritten = this.wasRemoved && !this.wasSeen;
        if (!neverWritten && !(await this.file.isThere())) throw new StorageError('not-found', this.id);
      }
      this.wasRemoved = false;
      await this.write();
    });
  }

  /**
   * Moves a file in which nothing can be read out of the way, so that the conversation may begin anew.
   * Resolves with its new place; undefined when it is no longer as it was read, with `size` bytes.
   */
  setAside(size: number): Promise<string | undefined> {
    return this.exclusive(() => this.file.setAside(size));
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
    const waiters = this.waiters;
    this.waiters = [];
    const refusal = this.takeUp();
    try {
      if (this.lines.length > 0 || this.syncNeeded) {
        await withFile(await this.open(), (file) => this.writeLines(file));
        this.reportSuccess();
      }
      if (refusal !== undefined) throw refusal;
      for (const waiter of waiters) waiter.resolve();
      return undefined;
    } catch (error) {
      this.reportFailure(error);
      if (error instanceof StorageError && error.kind === 'newer-version') this.forgetLines();
      for (const waiter of waiters) waiter.reject(error);
      return error;
    }
  }

  /** Makes lines of what waits. Returns why some of it never becomes one. */
  private takeUp(): StorageError | undefined {
    const encoded = this.waiting.map(encodeEvent);
    const lines = encoded.filter((line) => line !== undefined);
    this.syncNeeded ||= this.waiting.some(isMilestone);
    this.lines = [...this.lines, ...lines];
    this.waiting = [];
    return lines.length < encoded.length ? new StorageError('too-large', this.id) : undefined;
  }

  private async open(): Promise<FileHandle> {
    let file = await this.file.open('append');
    if (file === undefined && !(await this.isGone())) {
      this.headerGiven = false;
      file = await this.file.begin();
    }
    // Another window may have brought it back this very moment.
    file ??= await this.file.open('append');
    if (file === undefined) throw new StorageError('removed', this.id);
    this.wasSeen = true;
    return file;
  }

  /** Whether a journal that is not there was there once. One that was set aside begins anew. */
  private async isGone(): Promise<boolean> {
    if (this.wasRemoved || (await this.file.isInTrash())) return true;
    return this.wasSeen && !(await this.file.wasSetAside());
  }

  private async writeLines(file: FileHandle): Promise<void> {
    await this.dropWritten(file);
    const hasHeader = await this.checkOrigin(file);
    const start = await file.size();
    if (!hasHeader && !this.headerGiven && !this.lines.includes(headerLine)) this.lines.unshift(headerLine);
    this.headerGiven = true;
    const lines = [...this.lines];
    await this.appendLines(file);
    if (!hasHeader && start > 0 && (await this.wasMoved(await file.size()))) {
      this.lines = lines;
      // Should it be put back, these lines are in it.
      this.uncertainFrom = start;
      this.headerGiven = false;
      throw new Error('The file was moved while it was written to.');
    }
    if (this.syncNeeded) {
      await file.sync();
      this.syncNeeded = false;
    }
  }

  private async appendLines(file: FileHandle): Promise<void> {
    while (this.lines.length > 0) {
      this.uncertainFrom = await file.size();
      const opening = this.uncertainFrom === 0 ? [] : [lineEndBytes];
      const bytes = Buffer.concat([...opening, ...this.lines.flatMap((line) => [line, lineEndBytes])]);
      const length = await file.append(bytes);
      this.uncertainFrom = undefined;
      const whole = countWhole(this.lines, length - opening.length);
      // What is left of a short write begins again on a fresh line: another window may have come between.
      this.lines.splice(0, whole);
      if (whole === 0) throw new Error('The disk took only a part of a line.');
    }
  }

  /** Refuses to write to what a newer version wrote. Resolves with whether there is a header. */
  private async checkOrigin(file: FileHandle): Promise<boolean> {
    let origin = await readOrigin(file);
    // Looked through once: whoever has given a header knows already.
    if (origin === 'unknown' && !this.headerGiven) origin = await guessOrigin(file);
    if (origin === 'newer') throw new StorageError('newer-version', this.id);
    return origin === 'ours';
  }

  /** Another window may have set aside, this very moment, a file that had nothing legible in it until now. */
  private async wasMoved(size: number): Promise<boolean> {
    return ((await this.file.size()) ?? 0) < size && !(await this.file.isInTrash());
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
    if (this.isFailing) this.log.info(`Conversation ${this.id} is written again.`);
    this.isFailing = false;
  }

  private reportFailure(error: unknown): void {
    if (!this.isFailing) this.log.error(`Conversation ${this.id} could not be written: ${String(error)}`);
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
    end += line.length + lineEndBytes.length;
    return isTorn;
  });
  return torn === -1 ? lines.length : torn;
}
