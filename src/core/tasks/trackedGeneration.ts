import type { Task } from '../../shared/answer/task';
import type { AssistantMessage } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import type { Route } from '../models/route';
import type { AnswerStream, StreamPart } from '../ports/answerStream';
import type {
  AnswerGeneration,
  AnswerPlace,
  GenerationClient,
  GenerationRequest,
} from '../ports/generationClient';
import type { Log } from '../ports/log';
import type { TaskClaim, TaskClaims } from '../ports/taskClaims';
import { storedParts } from './storedParts';

/** How often this window looks whether another one still asks about a task, in milliseconds. */
const lookEvery = 2_000;

/** What `TrackedGeneration` needs. */
interface TrackedGenerationPorts {
  readonly client: GenerationClient;
  readonly claims: TaskClaims;
  readonly log: Log;
  /** Resolves after this time in milliseconds, and at once when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** The answer as this window has it; undefined if its conversation is not open. */
  readonly shown: (place: AnswerPlace) => AssistantMessage | undefined;
  /** The answer as the journal has it, with what other windows wrote. */
  readonly stored: (place: AnswerPlace) => Promise<AssistantMessage | undefined>;
  /** Resolves when all events so far are in their journals. */
  readonly flush: () => Promise<void>;
}

/** A task that this window waits for. */
export interface TrackedTask {
  readonly place: AnswerPlace;
  /** Ends the wait. The gateway goes on. */
  cancel(): void;
}

interface Tracking extends TrackedTask {
  readonly signal: AbortSignal;
  /** True while the parts come from the journal. */
  isStored: boolean;
}

/**
 * Makes pictures, video and music, and records each task until its answer has ended, so that it goes on after a restart. Of several
 * windows on one library, only one asks the gateway about a task. The others wait, and then take the answer from the journal.
 */
export class TrackedGeneration implements AnswerGeneration {
  /** Fires when the number of tasks changes. */
  readonly changed: Emitter<void>;
  private readonly tracked = new Set<Tracking>();

  constructor(private readonly ports: TrackedGenerationPorts) {
    this.changed = new Emitter((error) => {
      ports.log.error(`A listener of the tasks failed: ${String(error)}`);
    });
  }

  /** The tasks that this window waits for. */
  get tasks(): readonly TrackedTask[] {
    return [...this.tracked];
  }

  generate(request: GenerationRequest, place: AnswerPlace): AnswerStream {
    // Sent at once, not when the first part is read.
    const source = this.ports.client.generate(request);
    return streamOf(place, (tracking) => this.submitted(tracking, source, request));
  }

  followTask(task: Task, route: Route, modelId: string, place: AnswerPlace): AnswerStream {
    return streamOf(place, (tracking) =>
      this.followed(tracking, task, () => this.ports.client.followTask(task, route, modelId)),
    );
  }

  private async *submitted(
    tracking: Tracking,
    source: AnswerStream,
    request: GenerationRequest,
  ): AsyncGenerator<readonly StreamPart[]> {
    cancelWith(tracking.signal, source);
    let claim: TaskClaim | undefined;
    let task: Task | undefined;
    try {
      for await (const parts of source) {
        const submission = parts.find((part) => part.kind === 'task-submitted');
        if (submission !== undefined && task === undefined) {
          task = submission.task;
          claim = await this.claim(tracking.place, task);
          this.add(tracking);
        }
        if (await isLost(tracking, claim)) break;
        yield parts;
        if (parts.some(({ kind }) => kind === 'ended')) return;
      }
    } finally {
      this.end(tracking, claim);
    }
    source.cancel();
    if (task === undefined) return;
    const { modelId } = request;
    const lost = task;
    yield* this.followed(tracking, lost, () => this.ports.client.followTask(lost, request, modelId));
  }

  private async *followed(
    tracking: Tracking,
    task: Task,
    follow: () => AnswerStream,
  ): AsyncGenerator<readonly StreamPart[]> {
    const { place, signal } = tracking;
    let claim: TaskClaim | undefined;
    this.add(tracking);
    try {
      for (;;) {
        claim = await this.claimWhenFree(tracking, task);
        if (claim === undefined) {
          yield [{ kind: 'ended', ending: { outcome: 'cancelled' } }];
          return;
        }
        const stored = await this.storedAnswer(place);
        if (stored !== undefined && stored.ending !== null) {
          tracking.isStored = true;
          yield storedParts(stored, this.ports.shown(place)?.parts.length ?? 0);
          return;
        }
        const source = follow();
        cancelWith(signal, source);
        for await (const parts of source) {
          if (await isLost(tracking, claim)) break;
          yield parts;
          if (parts.some(({ kind }) => kind === 'ended')) return;
        }
        source.cancel();
      }
    } finally {
      this.end(tracking, claim);
    }
  }

  /** Undefined if the wait is cancelled. */
  private async claimWhenFree({ place, signal }: Tracking, task: Task): Promise<TaskClaim | undefined> {
    while (!signal.aborted) {
      const claim = await this.claim(place, task);
      if (claim !== undefined) return claim;
      await this.ports.wait(lookEvery, signal);
    }
    return undefined;
  }

  /** If the disk fails, the task goes on without a claim, as long as this window is open. */
  private async claim(place: AnswerPlace, { submittedAt }: Task): Promise<TaskClaim | undefined> {
    try {
      return await this.ports.claims.claim(place, submittedAt);
    } catch (error) {
      this.ports.log.warn(`A task could not be recorded: ${String(error)}`);
      return { isHeld: () => Promise.resolve(true), release: () => Promise.resolve() };
    }
  }

  private async storedAnswer(place: AnswerPlace): Promise<AssistantMessage | undefined> {
    try {
      return await this.ports.stored(place);
    } catch (error) {
      this.ports.log.warn(`The answer of a task could not be read: ${String(error)}`);
      return undefined;
    }
  }

  private add(tracking: Tracking): void {
    this.tracked.add(tracking);
    this.changed.fire();
  }

  private end(tracking: Tracking, claim: TaskClaim | undefined): void {
    if (this.tracked.delete(tracking)) this.changed.fire();
    if (claim === undefined) return;
    this.release(claim).catch((error: unknown) => {
      this.ports.log.warn(`A finished task could not be forgotten: ${String(error)}`);
    });
  }

  /** Forgets a task once the end of its answer is in the journal, where other windows look for it. */
  private async release(claim: TaskClaim): Promise<void> {
    // The end is written after the stream has ended.
    await this.ports.wait(0, new AbortController().signal);
    await this.ports.flush();
    await claim.release();
  }
}

/** After the computer has slept, another window may have taken the claim. */
async function isLost({ signal }: Tracking, claim: TaskClaim | undefined): Promise<boolean> {
  return claim !== undefined && !signal.aborted && !(await claim.isHeld());
}

function streamOf(
  place: AnswerPlace,
  parts: (tracking: Tracking) => AsyncGenerator<readonly StreamPart[]>,
): AnswerStream {
  const aborting = new AbortController();
  const cancel = (): void => {
    aborting.abort();
  };
  const tracking: Tracking = { place, signal: aborting.signal, isStored: false, cancel };
  return {
    cancel,
    get isStored() {
      return tracking.isStored;
    },
    [Symbol.asyncIterator]: () => parts(tracking),
  };
}

function cancelWith(signal: AbortSignal, source: AnswerStream): void {
  if (signal.aborted) source.cancel();
  else
    signal.addEventListener('abort', () => {
      source.cancel();
    });
}
