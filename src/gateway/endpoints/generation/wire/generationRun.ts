import type { KeyStore } from '../../../../core/ports/keyStore';
import type { Log } from '../../../../core/ports/log';
import type { UnsupportedParameterMemory } from '../../../../core/ports/unsupportedParameterMemory';
import type { AnswerStream } from '../../../../core/ports/answerStream';
import type { Route } from '../../../../core/models/route';
import { shownAddress } from '../../../../core/models/gateway';
import type { Ending } from '../../../../shared/answer/ending';
import type { Failure } from '../../../../shared/failure/failure';
import type { RetryPolicy, Wait } from '../../../failures/retryPolicy';
import { failureOf } from '../../../failures/failureOf';
import type { Transport } from '../../../network/exchange';
import type { NetworkSettings } from '../../../network/networkSettings';
import { PartQueue } from '../../../reply/partQueue';

/** What the requests for pictures, video and music need. */
export interface GenerationTools {
  readonly keys: KeyStore;
  readonly log: Log;
  readonly network: () => NetworkSettings;
  /** The time in milliseconds since the epoch. */
  readonly now: () => number;
  readonly wait: Wait;
  /** Returns a number in [0, 1). */
  readonly random: () => number;
  readonly retry: RetryPolicy;
  readonly unsupportedParameters: UnsupportedParameterMemory;
  /** By the id of a gateway, the header in which it takes its key for Midjourney, if it refused the usual one. */
  readonly keyHeaders: Map<string, string>;
  /** The transport of all requests that cost nothing. */
  readonly openTransport: () => Promise<Transport>;
  /**
   * Opens a transport without any idle socket. A billed request needs one: when an idle socket turns out to be dead, nothing tells
   * whether the gateway got the request.
   */
  readonly openFreshTransport: () => Promise<Transport>;
}

/** The route of a run, and its model. */
export interface RunTarget extends Route {
  readonly modelId: string;
}

/** One answer whose pictures, video or music are being made, until its end. */
export class GenerationRun {
  readonly parts: PartQueue;
  private readonly aborting = new AbortController();
  /** True while the consumer waits for the next parts, so that it has dealt with all before. */
  private awaited = false;
  private onAwaited: (() => void) | undefined;
  private ended = false;

  constructor(
    readonly tools: GenerationTools,
    readonly target: RunTarget,
    private readonly onEnded: () => void,
  ) {
    this.parts = new PartQueue({
      // There is no socket to pause: `taken` holds the next request back instead.
      pause: () => undefined,
      resume: () => undefined,
      cancel: () => {
        this.cancel();
      },
    });
  }

  /** Aborts when the answer has ended. */
  get signal(): AbortSignal {
    return this.aborting.signal;
  }

  /** Does the work. Every path ends the answer exactly once. */
  start(work: () => Promise<Ending>): AnswerStream {
    work().then(
      (ending) => {
        this.end(ending);
      },
      (error: unknown) => {
        const { gateway, modelId } = this.target;
        const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
        this.end(failed(failureOf(call, 'unexpected', { detail: String(error) })));
      },
    );
    return this.stream();
  }

  /** Resolves when the consumer has dealt with all parts, so that a task is stored before the gateway is asked about it. */
  async taken(): Promise<void> {
    while (!this.ended) {
      // The queue hands its parts over in microtasks.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.awaited) return;
      await new Promise<void>((resolve) => {
        this.onAwaited = resolve;
      });
    }
  }

  /** Waits. Resolves early when the answer ends. */
  async wait(milliseconds: number): Promise<void> {
    await this.tools.wait(milliseconds, this.signal);
  }

  /** Ends the answer because the user stops it. What the gateway does meanwhile goes on there. */
  cancel(): void {
    this.end({ outcome: 'cancelled' });
  }

  private stream(): AnswerStream {
    const { parts } = this;
    return {
      cancel: () => {
        parts.cancel();
      },
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          this.awaited = true;
          this.onAwaited?.();
          const batch = await parts.next();
          this.awaited = false;
          return batch;
        },
        return: () => parts.return(),
      }),
    };
  }

  private end(ending: Ending): void {
    if (this.ended) return;
    this.ended = true;
    this.aborting.abort(ending.outcome);
    this.onAwaited?.();
    this.report(ending);
    this.parts.end(ending);
    this.onEnded();
  }

  private report(ending: Ending): void {
    const { gateway, modelId } = this.target;
    const place = `${modelId} at ${gateway.name}`;
    if (!('failure' in ending)) {
      this.tools.log.info(`${place}: ${ending.outcome}`);
      return;
    }
    const { kind, status, requestId, detail } = ending.failure;
    const facts = [kind, status, requestId, detail].filter((fact) => fact !== undefined);
    this.tools.log.warn(`${place}: ${ending.outcome}, ${facts.join(', ')}`);
  }
}

/**
 * Makes Midjourney's requests send the key in `mj-api-secret` from now on, because the gateway refused it as a bearer token. Returns
 * false if that was already tried, or if the user chose the header.
 */
export function useSecretHeader({ tools, target }: GenerationRun): boolean {
  const { id, auth } = target.gateway;
  if (auth !== 'bearer' || tools.keyHeaders.has(id)) return false;
  tools.keyHeaders.set(id, 'mj-api-secret');
  return true;
}

/** The ending of an answer that failed. */
export function failed(failure: Failure): Extract<Ending, { outcome: 'failed' }> {
  return { outcome: 'failed', failure };
}
