import type { Log, Timeouts } from '../core/ports';
import type { Ending } from '../shared/ending';
import type { Failure } from '../shared/failure';
import { AnswerReader } from './answerReader';
import { concludeAnswer, type ReadingEnd } from './concludeAnswer';
import type { Exchange, ExchangeHandler, ReplyHead, Transport, WireRequest } from './exchange';
import { failureOf, failureOfStatus, type Call } from './failures';
import { failureOfNetwork } from './networkFailure';
import { PartQueue } from './partQueue';
import { ReplyBody } from './replyBody';
import { Watchdog, type Wait } from './watchdog';

/** How long a gateway may take to end its reply after `[DONE]`, a finish reason, an error's head; in seconds. */
const closingPatience = { done: 1, finished: 5, refused: 10 };

/** How much of an error's body is read, in characters. */
const longestErrorBody = 64_000;

/** What a call needs from its client. */
export interface AnswerCallParts {
  readonly timeouts: Timeouts;
  readonly log: Log;
  /** The time in milliseconds since the epoch. */
  readonly now: () => number;
  readonly onEnded: () => void;
}

/**
 * One question on the wire, from asking to its one end. Whatever happens first (the answer's end, a
 * failure, a limit, the user's stop) ends it and closes the socket; what comes later is ignored.
 */
export class AnswerCall implements ExchangeHandler {
  readonly parts: PartQueue;
  private readonly watchdog: Watchdog;
  private readonly reader: AnswerReader;
  private readonly body: ReplyBody;
  private call: Call | undefined;
  private exchange: Exchange | undefined;
  private head: ReplyHead | undefined;
  private errorBody = '';
  private readonly errorDecoder = new TextDecoder();
  private tooLarge = false;
  private ended = false;

  constructor(private readonly given: AnswerCallParts) {
    this.watchdog = new Watchdog((wait, seconds) => {
      this.onExpired(wait, seconds);
    });
    this.parts = new PartQueue({
      pause: () => {
        this.watchdog.hold();
        this.exchange?.pause();
      },
      resume: () => {
        this.watchdog.release();
        this.exchange?.resume();
      },
      cancel: () => {
        this.cancel();
      },
    });
    this.reader = new AnswerReader(this.parts);
    this.body = new ReplyBody({
      onEvent: (data, type) => {
        this.reader.readEvent(data, type);
      },
      onTooLarge: () => {
        this.tooLarge = true;
      },
    });
  }

  /** Puts the question on the wire. */
  send(transport: Transport, call: Call, request: WireRequest): void {
    if (this.ended) return;
    this.call = call;
    this.watchdog.begin('connect', this.given.timeouts.connect);
    this.exchange = transport.exchange(request, this);
  }

  /** The user wants no more. */
  cancel(): void {
    this.end({ outcome: 'cancelled' });
  }

  /** The question could not be asked. */
  fail(failure: Failure): void {
    this.end({ outcome: 'failed', failure });
  }

  onConnected(): void {
    this.watchdog.begin('first-token', this.given.timeouts.firstToken);
  }

  onHead(head: ReplyHead): void {
    this.head = head;
    if (!this.isSuccess()) this.watchdog.begin('closing', closingPatience.refused);
  }

  onBytes(bytes: Uint8Array): void {
    if (this.ended) return;
    if (!this.isSuccess()) {
      this.errorBody += this.errorDecoder.decode(bytes, { stream: true });
      if (this.errorBody.length > longestErrorBody) this.finishReading({ kind: 'body-ended' });
      return;
    }
    const { progress } = this.reader;
    this.body.feed(bytes);
    if (this.tooLarge) this.breakOff('reply-too-large');
    else if (this.reader.over) this.finishReading({ kind: 'over' });
    else if (this.body.form === 'html') this.finishReading({ kind: 'body-ended' });
    else if (this.reader.progress !== progress) this.onProgress();
  }

  onEnd(): void {
    if (this.ended) this.watchdog.stop();
    else this.finishReading({ kind: 'body-ended' });
  }

  onError(error: unknown): void {
    if (this.ended) this.watchdog.stop();
    if (this.ended || this.call === undefined) return;
    const failure = failureOfNetwork(this.call, error, this.head !== undefined);
    this.finishReading({ kind: 'broken', failure });
  }

  private isSuccess(): boolean {
    return this.head !== undefined && this.head.status >= 200 && this.head.status < 300;
  }

  private onProgress(): void {
    if (this.reader.isFinished) this.watchdog.begin('closing', closingPatience.finished);
    else if (this.watchdog.wait === 'idle') this.watchdog.renew();
    else this.watchdog.begin('idle', this.given.timeouts.idle);
  }

  private onExpired(wait: Wait, seconds: number): void {
    switch (wait) {
      case 'closing':
        if (this.ended) this.exchange?.close();
        else this.finishReading({ kind: 'body-ended' });
        return;
      case 'connect':
        this.breakOff('connect-timeout', seconds);
        return;
      case 'first-token':
        this.breakOff('first-token-timeout', seconds);
        return;
      case 'idle':
        this.breakOff('idle-timeout', seconds);
        return;
    }
  }

  private breakOff(kind: Failure['kind'], seconds?: number): void {
    if (this.call === undefined) return;
    const failure = failureOf(this.call, kind, {
      ...(seconds !== undefined && { seconds }),
      ...(this.head !== undefined && { status: this.head.status }),
    });
    this.finishReading({ kind: 'broken', failure });
  }

  /** Nothing more is read: decides how the answer ended. */
  private finishReading(how: ReadingEnd): void {
    if (this.ended || this.call === undefined) return;
    const { call, head } = this;
    if (head === undefined) {
      if (how.kind === 'broken') this.fail(how.failure);
      else this.fail(failureOf(call, 'connection-reset'));
    } else if (!this.isSuccess()) {
      this.fail(failureOfStatus(call, head, this.errorBody, this.given.now()));
    } else {
      if (how.kind !== 'over' && !this.tooLarge) this.readRest();
      this.reader.close();
      const { form, text } = this.body;
      const { outcome } = this.reader;
      // After [DONE] the socket gets a moment to end the reply, so that it can be used again.
      const socket = how.kind === 'over' && outcome.done ? 'keep' : 'close';
      this.end(concludeAnswer(call, { head, form, text, outcome }, how), socket);
    }
  }

  /** What is still in the decoder and the parser, and a reply that was no stream. */
  private readRest(): void {
    this.body.end();
    if (this.body.form === 'json') this.reader.readWhole(this.body.text);
  }

  private end(ending: Ending, socket: 'close' | 'keep' = 'close'): void {
    if (this.ended) return;
    this.ended = true;
    if (socket === 'keep') {
      this.watchdog.begin('closing', closingPatience.done);
    } else {
      this.watchdog.stop();
      this.exchange?.close();
    }
    this.reader.close();
    this.report(ending);
    this.parts.end(ending);
    this.given.onEnded();
  }

  private report(ending: Ending): void {
    const url = this.call?.url ?? '';
    switch (ending.outcome) {
      case 'completed':
        this.given.log.info(`${url}: completed (${ending.finishReason ?? 'no finish reason'})`);
        return;
      case 'cancelled':
        this.given.log.info(`${url}: cancelled`);
        return;
      case 'truncated':
      case 'failed': {
        const { kind, status, requestId, detail } = ending.failure;
        const facts = [kind, status, requestId, detail].filter((fact) => fact !== undefined);
        this.given.log.warn(`${url || (ending.failure.url ?? '')}: ${ending.outcome}, ${facts.join(', ')}`);
        return;
      }
    }
  }
}
