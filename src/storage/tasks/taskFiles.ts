import { join } from 'node:path';
import type { AnswerPlace } from '../../core/ports/generationClient';
import type { Log } from '../../core/ports/log';
import type { OpenTask, TaskClaim, TaskClaims } from '../../core/ports/taskClaims';
import type { FileSystem } from '../files/fileSystem';

/** How often a window tells that it still asks about its tasks, in milliseconds. */
const beat = 3_000;
/** A claim of a window that has not told that for so long may be taken, in milliseconds. */
const longestSilence = 12_000;

/** Conversation, answer, time of the submission in milliseconds, and the number of the claim. */
const namePattern = /^([A-Za-z0-9-]{1,100})\.([A-Za-z0-9-]{1,100})\.(\d{1,16})\.(\d{1,9})$/;
const idPattern = /^[A-Za-z0-9-]{1,100}$/;

/** What `TaskFiles` needs. */
interface TaskFilesPorts {
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface TaskFile extends OpenTask {
  readonly name: string;
  readonly claimNumber: number;
}

/**
 * The open tasks as a folder of empty files. The name of a file says which answer it belongs to, and its time when a window last
 * told that it asks about the task.
 *
 * A window claims a task by creating the file with the next number, which the file system lets only one window do. The highest number
 * counts: a window that had slept sees a higher one than its own, and knows that it lost the claim.
 */
export class TaskFiles implements TaskClaims {
  private readonly held = new Set<string>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly folder: string,
    private readonly ports: TaskFilesPorts,
  ) {}

  async claim(place: AnswerPlace, submittedAt: number): Promise<TaskClaim | undefined> {
    const files = await this.filesOf(place);
    const last = files.at(-1);
    if (last?.isClaimed === true) return undefined;
    const name = nameOf(place, last?.submittedAt ?? submittedAt, (last?.claimNumber ?? 0) + 1);
    const { fileSystem } = this.ports;
    await fileSystem.makeFolder(this.folder);
    const file = await fileSystem.create(join(this.folder, name));
    if (file === undefined) return undefined;
    await file.close();
    // The clock of a disk on a network may differ.
    await fileSystem.touch(join(this.folder, name), this.ports.now());
    this.hold(name);
    // Another window may have taken an earlier claim, and removed it, after it was read here.
    if (!(await this.isHeld(place, name))) {
      await this.release(name);
      return undefined;
    }
    for (const { name: earlier } of files) await fileSystem.remove(join(this.folder, earlier));
    return {
      isHeld: () => this.isHeld(place, name),
      release: () => this.release(name),
    };
  }

  async list(): Promise<readonly OpenTask[]> {
    const latest = new Map<string, TaskFile>();
    for (const file of await this.files()) {
      const { conversationId, answerId } = file.place;
      latest.set(`${conversationId}.${answerId}`, file);
    }
    return [...latest.values()].sort((left, right) => right.submittedAt - left.submittedAt);
  }

  /** Lets other windows continue the tasks at once. For the end of this window. */
  dispose(): void {
    clearInterval(this.timer);
    for (const name of this.held) this.touch(name, 0);
    this.held.clear();
  }

  private hold(name: string): void {
    this.held.add(name);
    this.timer ??= setInterval(() => {
      const now = this.ports.now();
      for (const mine of this.held) this.touch(mine, now);
    }, beat);
  }

  private touch(name: string, time: number): void {
    this.ports.fileSystem.touch(join(this.folder, name), time).catch((error: unknown) => {
      this.ports.log.warn(`The claim of a task was lost: ${String(error)}`);
      this.letGo(name);
    });
  }

  private async isHeld(place: AnswerPlace, name: string): Promise<boolean> {
    try {
      return this.held.has(name) && (await this.filesOf(place)).at(-1)?.name === name;
    } catch (error) {
      this.ports.log.warn(`The claim of a task could not be read: ${String(error)}`);
      return true;
    }
  }

  private async release(name: string): Promise<void> {
    this.letGo(name);
    await this.ports.fileSystem.remove(join(this.folder, name));
  }

  private letGo(name: string): void {
    this.held.delete(name);
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async filesOf({ conversationId, answerId }: AnswerPlace): Promise<readonly TaskFile[]> {
    return await this.files(`${conversationId}.${answerId}.`);
  }

  /** The files of the tasks, those of one task in the order of their numbers. */
  private async files(start = ''): Promise<readonly TaskFile[]> {
    const { fileSystem, now } = this.ports;
    const names = (await fileSystem.names(this.folder)).filter(
      (name) => name.startsWith(start) && namePattern.test(name),
    );
    const facts = await fileSystem.factsOfAll(this.folder, names);
    return names
      .flatMap((name, index) => {
        const [, conversationId = '', answerId = '', time, number] = namePattern.exec(name) ?? [];
        const modifiedAt = facts[index]?.modifiedAt;
        return modifiedAt === undefined
          ? []
          : [
              {
                name,
                place: { conversationId, answerId },
                submittedAt: Number(time),
                claimNumber: Number(number),
                // The clock may have been set back.
                isClaimed: Math.abs(now() - modifiedAt) < longestSilence,
              },
            ];
      })
      .sort((left, right) => left.claimNumber - right.claimNumber);
  }
}

function nameOf({ conversationId, answerId }: AnswerPlace, submittedAt: number, claim: number): string {
  if (!idPattern.test(conversationId) || !idPattern.test(answerId)) throw new Error('The id is invalid.');
  return `${conversationId}.${answerId}.${Math.max(0, Math.floor(submittedAt))}.${claim}`;
}
