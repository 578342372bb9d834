import type { Timeouts } from '../../core/models/route';
import type { Ending } from '../../shared/answer/ending';
import type { Failure } from '../../shared/failure/failure';
import { AnswerReader, readingOf } from '../reply/answerReader';
import { concludeAnswer, type ReadingEnd } from './concludeAnswer';
import type { Exchange, ExchangeHandler, ReplyHead, Transport, WireRequest } from '../network/exchange';
import { failureOf, failureOfStatus, type Call } from '../failures/failureOf';
import { failureOfNetwork } from '../failures/failureOfNetwork';
import type { PartQueue } from '../reply/partQueue';
import { ReplyBody } from '../reply/replyBody';
import { defaultReplyLimits } from '../reply/replyLimits';
import { asksToWait } from './retryPolicy';
import { readRetryAfter } from '../failures/waitIn';
import { Watchdog, type Wait } from './watchdog';

/** How long a gateway may take to end its reply after `[DONE]`, a finish reason, an error's head; in seconds. */
const closingPatience = { done: 1, finished: 5, refused: 10 };

/** How much of an error's body is read, in characters. */
const longestErrorBody = 64_000;

/** How one attempt ended, and what the next step is decided by. */
export interface AttemptResult {
  readonly ending: Ending;
  /** True when nothing of an answer came: the request may be sent again without anybody seeing double. */
  readonly isBlank: boolean;
  /** Seconds that the gateway asks to wait; 0 is now. */
  readonly retryAfter: number | undefined;
  /** The gateway's error as it came, for recognising it. Not redacted: never to be shown. */
  readonly errorText: string;
}

/** What an attempt needs from its call. */
export interface AttemptParts {
  readonly call: Call;
  readonly timeouts: Timeouts;
  /** Where the pieces of the answer go. */
  readonly parts: PartQueue;
  /** The time in milliseconds since the epoch. */
  readonly now: () => number;
  /** Told once, unless the attempt is abandoned. */
  readonly onEnded: (result: AttemptResult) => void;
}

/**
 * One request on the wire, from its sending to its one end. Whatever happens first (the answer's end,
 * a failure, a limit) ends it and closes the socket; what comes later is ignored.
 */
export class Attempt implements ExchangeHandler {
  private readonly watchdog: Watchdog;
  private readonly reader: AnswerReader;
  private readonly body: ReplyBody;
  private exchange: Exchange | undefined;
  private head: ReplyHead | undefined;
  private errorBody = '';
  private readonly errorDecoder = new TextDecoder();
  private tooLarge = false;
  /** Bytes since the answer last went on. */
  private idleBytes = 0;
  private held = false;
  private ended = false;

  constructor(private readonly given: AttemptParts) {
    this.watchdog = new Watchdog((wait, seconds) => {
      this.onExpired(wait, seconds);
    });
    this.reader = new AnswerReader(given.parts, readingOf(given.call));
    this.body = new ReplyBody({
      onEvent: (data, type) => {
        this.reader.readEvent(data, type);
      },
      onTooLarge: () => {
        this.tooLarge = true;
      },
    });
  }

  send(transport: Transport, request: WireRequest): void {
    this.watchdog.begin('connect', this.given.timeouts.connect);
    this.exchange = transport.exchange(request, this);
  }

  /** The consumer is behind: the gateway has to wait, and is not blamed for it. */
  pause(): void {
    this.held = true;
    this.watchdog.hold();
    this.exchange?.pause();
  }

  resume(): void {
    this.held = false;
    this.watchdog.release();
    this.exchange?.resume();
  }

  /** Closes the socket; what came stays. No end is told. */
  abandon(): void {
    if (!this.ended) this.close('close');
  }

  onConnected(): void {
    if (!this.ended) this.watchdog.begin('first-token', this.given.timeouts.firstToken);
  }

  onHead(head: ReplyHead): void {
    if (this.ended) return;
    this.head = head;
    if (!this.isSuccess()) this.watchdog.begin('closing', closingPatience.refused);
    // There was nothing to pause yet when the consumer asked for it.
    if (this.held) this.exchange?.pause();
  }

  onBytes(bytes: Uint8Array): void {
    if (this.ended) return;
    if (!this.isSuccess()) {
      this.errorBody += this.errorDecoder.decode(bytes, { stream: true });
      if (this.errorBody.length > longestErrorBody) this.finishReading({ kind: 'body-ended' });
      return;
    }
    const { progress, promptProgress } = this.reader;
    this.body.feed(bytes);
    this.reader.flush();
    this.idleBytes = this.reader.progress === progress ? this.idleBytes + bytes.length : 0;
    const { answer, idle } = defaultReplyLimits;
    this.tooLarge ||= this.reader.size > answer || this.idleBytes > idle;
    if (this.tooLarge) this.breakOff('reply-too-large');
    else if (this.reader.over) this.finishReading({ kind: 'over' });
    else if (this.body.form === 'html') this.finishReading({ kind: 'body-ended' });
    else if (this.reader.progress !== progress) this.onProgress();
    // The server still reads the prompt: the wait for the first piece begins anew.
    else if (this.reader.promptProgress !== promptProgress) this.watchdog.renew();
  }

  onEnd(): void {
    if (this.ended) this.watchdog.stop();
    else this.finishReading({ kind: 'body-ended' });
  }

  onError(error: unknown): void {
    if (this.ended) this.watchdog.stop();
    else
      this.finishReading({
        kind: 'broken',
        failure: failureOfNetwork(this.given.call, error, this.head !== undefined),
      });
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
    const failure = failureOf(this.given.call, kind, {
      ...(seconds !== undefined && { seconds }),
      ...(this.head !== undefined && { status: this.head.status }),
    });
    this.finishReading({ kind: 'broken', failure });
  }

  /** Nothing more is read: decides how the answer ended. */
  private finishReading(how: ReadingEnd): void {
    if (this.ended) return;
    const { head } = this;
    const { call, now } = this.given;
    if (head === undefined) {
      const failure = how.kind === 'broken' ? how.failure : failureOf(call, 'connection-reset');
      this.end({ outcome: 'failed', failure });
    } else if (!this.isSuccess()) {
      const failure = failureOfStatus(call, head, this.errorBody, now());
      this.end({ outcome: 'failed', failure }, { errorText: this.errorBody });
    } else {
      if (how.kind !== 'over' && !this.tooLarge) this.readRest();
      this.reader.close();
      const { form, text, strayWords } = this.body;
      const { outcome, progress } = this.reader;
      const { done, error } = outcome;
      this.end(concludeAnswer(call, { head, form, text, strayWords, outcome }, how), {
        // After [DONE] the socket gets a moment to end the reply, so that it can be used again.
        socket: how.kind === 'over' && done ? 'keep' : 'close',
        errorText: text === '' ? [error?.message ?? '', ...(error?.codes ?? [])].join('\n') : text,
        isBlank: progress === 0,
      });
    }
  }

  /** What is still in the decoder and the parser, and a reply that was no stream. */
  private readRest(): void {
    this.body.end();
    if (this.body.form === 'json') this.reader.readWhole(this.body.text);
  }

  private end(
    ending: Ending,
    facts: { socket?: 'close' | 'keep'; errorText?: string; isBlank?: boolean } = {},
  ): void {
    const { socket = 'close', errorText = '', isBlank = true } = facts;
    this.close(socket);
    const retryAfter =
      readRetryAfter(this.head?.headers ?? {}, this.given.now()) ??
      (ending.outcome === 'failed' && asksToWait(ending.failure) ? ending.failure.seconds : undefined);
    this.given.onEnded({ ending, isBlank, retryAfter, errorText });
  }

  private close(socket: 'close' | 'keep'): void {
    this.ended = true;
    if (socket === 'keep') {
      this.watchdog.begin('closing', closingPatience.done);
    } else {
      this.watchdog.stop();
      this.exchange?.close();
    }
    this.reader.close();
  }
}
