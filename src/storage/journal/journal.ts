import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { Log } from '../../core/ports/log';
import { withFile, type FileHandle, type FileSystem } from '../files/fileSystem';
import type { JournalReading } from './journalReader';
import type { JournalPlace } from './journalFile';
import { JournalFile } from './journalFile';
import { guessOrigin, readOrigin } from './readOrigin';
import { encodeEvent, headerLine, lineEnd } from './journalLine';
import { isDelta } from '../../shared/conversation/joinDeltas';
import { pushMerged } from './pushMerged';
import { JournalReader } from './journalReader';
import { StorageError } from '../files/storageError';
import { readLines } from './readLines';

/** How long deltas wait for more deltas before they are written, in milliseconds. A crash loses this much of an answer. */
const gatherDelay = 100;
const lineEndBytes = Buffer.of(lineEnd);

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The journal of one conversation: writes its events in order, one write at a time. Each write opens the file and closes it
 * again, so that any window can rename the file at any time, also on Windows.
 *
 * Every write starts with a line end and ends with one. So an incomplete line at the end of the file, left by a crash or by
 * another window, does not damage the next line.
 */
export class Journal {
  /** Appended events that no write has taken yet. */
  private waiting: ConversationEvent[] = [];
  private waiters: Waiter[] = [];
  /** Lines that a write has taken but that may not be in the file. They are never merged: see `dropWritten`. */
  private lines: Buffer[] = [];
  /** The size of the file before a write that failed, so that its lines may be in the file or not. */
  private uncertainFrom: number | undefined;
  private syncNeeded = false;
  /** True if the header is in the file or in `lines`. A file with a damaged beginning gets only one new header. */
  private headerGiven = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writeScheduled = false;
  private lastTask: Promise<unknown> = Promise.resolve();
  /**
   * True if this window has found the file before. Only a window that never found it, because it created the conversation,
   * creates the file. Otherwise there could be two files while another window moves the file to the trash or back.
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

  /** Writes all waiting events. Never rejects: resolves with the error, or with undefined. */
  flush(): Promise<unknown> {
    return this.exclusive(() => this.write());
  }

  /** Reads the conversation from the file, and adds the events that could not be written yet. */
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

  /**
   * Moves the file to the trash. Later events are rejected with a `StorageError` (`removed`), but kept for `restore`.
   *
   * @param removedAt Milliseconds since the epoch.
   */
  remove(removedAt: number): Promise<void> {
    return this.exclusive(async () => {
      await this.write();
      await this.file.moveToTrash(removedAt);
      this.wasRemoved = true;
    });
  }

  /** Undoes `remove`. Rejects with a `StorageError` (`not-found`) if the file is not in the trash. */
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
   * Moves an unreadable file to the folder for damaged files, so that the conversation can start with a new file. Resolves
   * with the new path; undefined if the file no longer has `size` bytes, because another window changed it.
   */
  setAside(size: number): Promise<string | undefined> {
    return this.exclusive(() => this.file.setAside(size));
  }

  /** Writes when the current task has ended, together with all events that are appended until then. */
  private async scheduleWrite(): Promise<void> {
    if (this.writeScheduled) return;
    this.writeScheduled = true;
    await this.flush();
  }

  private exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.lastTask.then(task);
    // The caller gets the error. The next task only waits for the end of this one.
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

  /** Turns the waiting events into lines. Returns an error if one of them is too large for a line. */
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
      file = await this.file.create();
    }
    // Another window may have restored the file at this moment.
    file ??= await this.file.open('append');
    if (file === undefined) throw new StorageError('removed', this.id);
    this.wasSeen = true;
    return file;
  }

  /** True if a missing file was removed. False if it was moved to the folder for damaged files, and so needs a new file. */
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
      // The moved file contains these lines, and may be moved back.
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
      // After a partial write, the rest starts on a new line, because another window may have written in between.
      this.lines.splice(0, whole);
      if (whole === 0) throw new Error('The disk took only a part of a line.');
    }
  }

  /**
   * Rejects with a `StorageError` (`newer-version`) if a newer version wrote the file. Resolves with true if the file has a
   * header.
   */
  private async checkOrigin(file: FileHandle): Promise<boolean> {
    let origin = await readOrigin(file);
    // The whole file is read only once: `headerGiven` is true after the first write.
    if (origin === 'unknown' && !this.headerGiven) origin = await guessOrigin(file);
    if (origin === 'newer') throw new StorageError('newer-version', this.id);
    return origin === 'ours';
  }

  /** True if another window moved the file to the folder for damaged files while this window wrote to it. */
  private async wasMoved(size: number): Promise<boolean> {
    return ((await this.file.size()) ?? 0) < size && !(await this.file.isInTrash());
  }

  /** After a write that failed, finds those of its lines that are in the file, so that they are not written twice. */
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

/** True for events that must survive a power failure: messages, the ends of answers, and work that the user pays for. */
function isMilestone(event: ConversationEvent): boolean {
  return event.kind === 'message-added' || event.kind === 'answer-ended' || event.kind === 'task-submitted';
}

/** The number of complete lines in the first `length` bytes of all lines. */
function countWhole(lines: readonly Buffer[], length: number): number {
  let end = 0;
  const torn = lines.findIndex((line) => {
    const isTorn = end + line.length > length;
    end += line.length + lineEndBytes.length;
    return isTorn;
  });
  return torn === -1 ? lines.length : torn;
}
