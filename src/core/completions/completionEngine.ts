import type { Failure } from '../../shared/failure/failure';
import type { CompletionClient, CompletionRequest } from '../ports/completionClient';
import { AdaptiveDelay } from './adaptiveDelay';
import { CompletionCache } from './completionCache';
import type { CompletionPlace } from './completionPlace';
import { shapeOf, type CompletionShape } from './completionShape';
import {
  mostRelatedTokens,
  usageOf,
  writeCompletionRequest,
  type CompletionTarget,
  type CompletionUsage,
} from './writeCompletionRequest';
import { replacedAfter } from './replacedAfter';
import type { RelatedText } from './relatedTexts';
import { RequestPause } from './requestPause';
import { RunningCompletion, type CompletionOutcome, type TextChange } from './runningCompletion';
import { waitFor, type Timer } from './timer';
import { trimCompletion } from './trimCompletion';

/** A completion for a place. */
interface Completion {
  /** The text to insert at the cursor, with `\n` as line end. Never empty. */
  readonly text: string;
  /** How many UTF-16 units after the cursor the text replaces; usually 0. */
  readonly replaces: number;
}

/** What the engine needs. */
export interface CompletionPorts {
  readonly client: CompletionClient;
  readonly timer: Timer;
  /** The model for the next request; undefined if no model may be asked. Never rejects. */
  readonly target: () => Promise<CompletionTarget | undefined>;
  /** Texts from elsewhere for a place, within a number of tokens. Never rejects. */
  readonly related: (place: CompletionPlace, tokens: number) => Promise<readonly RelatedText[]>;
  /** Called when a request is sent and when it has ended. */
  readonly onActivity: () => void;
  /** Called once for each request that has ended. */
  readonly onUsed: (usage: CompletionUsage) => void;
  /** Called when a request has failed. */
  readonly onFailed: (failure: Failure) => void;
}

/** A request that is under way. */
interface Running {
  readonly completion: RunningCompletion;
  /** Resolves when the completion is in the cache. */
  readonly ended: Promise<void>;
  /** When the user has typed the beginning of the answer for the last time; reset by the next question. */
  followedAt: number;
  /** How many questions wait for the answer. */
  listeners: number;
  hasFailed: boolean;
}

/** A request without a listener is cancelled after this time in milliseconds. */
const idleTime = 20;
/** The next question usually comes this soon after a key press, in milliseconds. */
const followTime = 600;
const cachedCompletions = 120;

/**
 * Completes texts with at most one request at a time. A place that the cache or the running request covers sends no request. All
 * others wait for a pause in the typing.
 */
export class CompletionEngine {
  readonly delay = new AdaptiveDelay();
  readonly pause: RequestPause;
  private readonly cache = new CompletionCache(cachedCompletions);
  private running: Running | undefined;
  private turn = 0;

  constructor(private readonly ports: CompletionPorts) {
    this.pause = new RequestPause(() => ports.timer.now());
  }

  /** True while a request is under way. */
  get isBusy(): boolean {
    return this.running !== undefined;
  }

  /**
   * Completes the text at a place. Never rejects.
   *
   * @param signal Aborted when the user has gone on. The request then ends, unless the user types what it answers.
   * @returns Undefined if there is no completion.
   */
  async complete(place: CompletionPlace, signal: AbortSignal): Promise<Completion | undefined> {
    const turn = (this.turn += 1);
    const isStale = (): boolean => signal.aborted || turn !== this.turn;
    const shape = shapeOf(place);
    if (shape === 'none') {
      this.abandon();
      return undefined;
    }
    let isOvertaken = false;
    for (;;) {
      const known = this.cache.find(place);
      if (known !== undefined) return completionOf(known, place);
      const { running } = this;
      if (running?.completion.covers(place) !== true) break;
      await this.wait(running, signal);
      if (isStale() || running.hasFailed) return undefined;
      // The user has typed something else than the answer, and has waited for it.
      isOvertaken = true;
      if (this.running === running) break;
    }
    this.abandon();
    if (this.pause.isActive && !place.isInvoked) return undefined;
    const half = place.isInvoked || isOvertaken ? 0 : this.delay.milliseconds / 2;
    await waitFor(this.ports.timer, half, signal);
    if (isStale()) return undefined;
    // Texts are looked for while the user pauses, and not for each key.
    const texts = this.ports.related(place, mostRelatedTokens);
    await waitFor(this.ports.timer, half, signal);
    const target = isStale() ? undefined : await this.ports.target();
    const related = await texts;
    if (target === undefined || isStale()) return undefined;
    const started = this.start(place, shape, target, related);
    await this.wait(started, signal);
    if (isStale()) return undefined;
    return completionOf(this.cache.find(place), place);
  }

  /** Follows changes of a document. A request whose answer no longer fits is cancelled at once. */
  changed(documentId: string, changes: readonly TextChange[]): void {
    const { running } = this;
    if (running?.completion.place.documentId !== documentId) return;
    const [change, ...others] = changes;
    if (change === undefined) return;
    if (others.length > 0 || !running.completion.follow(change)) this.abandon();
    else running.followedAt = this.ports.timer.now();
  }

  /** Cancels the running request and forgets everything, for another model or because completions were switched off. */
  reset(): void {
    this.turn += 1;
    this.abandon();
    this.cache.clear();
    this.pause.end();
    this.delay.reset();
  }

  private abandon(): void {
    const { running } = this;
    this.running = undefined;
    running?.completion.abandon();
  }

  private start(
    place: CompletionPlace,
    shape: CompletionShape,
    target: CompletionTarget,
    related: readonly RelatedText[],
  ): Running {
    const request = writeCompletionRequest(place, shape, target, related);
    const isChat = target.form === 'chat';
    const begun = this.ports.timer.now();
    const completion = new RunningCompletion(place, shape, isChat, this.ports.client.complete(request));
    const running: Running = {
      completion,
      followedAt: Number.NEGATIVE_INFINITY,
      listeners: 0,
      hasFailed: false,
      ended: completion.outcome.then((outcome) => {
        this.finish(running, request, outcome, begun);
      }),
    };
    this.running = running;
    this.ports.onActivity();
    return running;
  }

  private finish(
    running: Running,
    request: CompletionRequest,
    { text, isCut, ending, isAbandoned, usage }: CompletionOutcome,
    begun: number,
  ): void {
    if (this.running === running) this.running = undefined;
    if (ending.outcome === 'failed' && ending.failure.kind !== 'empty-reply') {
      running.hasFailed = true;
      this.pause.begin(ending.failure);
      this.ports.onFailed(ending.failure);
    } else {
      this.ports.onUsed(usageOf(usage, request, text));
      if (!isAbandoned) {
        const { place } = running.completion;
        this.pause.end();
        this.delay.observe(this.ports.timer.now() - begun);
        this.cache.add(place, trimCompletion({ text, isChat: request.form === 'chat', isCut }, place));
      }
    }
    this.ports.onActivity();
  }

  /**
   * Waits until a request has ended or has turned out to answer something else than the user types. When the last listener goes,
   * the request is cancelled soon.
   */
  private async wait(running: Running, signal: AbortSignal): Promise<void> {
    running.listeners += 1;
    running.followedAt = Number.NEGATIVE_INFINITY;
    let stop = (): void => undefined;
    const aborted = new Promise<void>((resolve) => {
      stop = resolve;
    });
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    await Promise.race([running.ended, running.completion.disagreed, aborted]);
    signal.removeEventListener('abort', stop);
    running.listeners -= 1;
    if (signal.aborted) this.watchIdle(running, idleTime);
  }

  private watchIdle(running: Running, time: number): void {
    this.ports.timer.after(time, () => {
      if (running !== this.running || running.listeners > 0) return;
      const left = running.followedAt + followTime - this.ports.timer.now();
      if (left > 0) this.watchIdle(running, left);
      else this.abandon();
    });
  }
}

function completionOf(text: string | undefined, place: CompletionPlace): Completion | undefined {
  if (text === undefined || text === '') return undefined;
  return { text, replaces: replacedAfter(text, place) };
}
