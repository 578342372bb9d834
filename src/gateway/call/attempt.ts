import type { Timeouts } from '../../core/models/route';
import type { Ending } from '../../shared/answer/ending';
import type { Failure } from '../../shared/failure/failure';
import { AnswerReader, readingOf } from '../reply/answerReader';
import { concludeAnswer, type ReadingEnd } from './concludeAnswer';
import type { Exchange, ExchangeHandler, ReplyHead, Transport, WireRequest } from '../network/exchange';
import { failureOf, failureOfStatus, type Call } from '../failures/failureOf';
import { longestErrorBody } from '../failures/describeError';
import { failureOfNetwork } from '../failures/failureOfNetwork';
import type { PartQueue } from '../reply/partQueue';
import type { ReplyFormat } from '../reply/replyFormat';
import { ReplyBody } from '../reply/replyBody';
import { defaultReplyLimits } from '../reply/replyLimits';
import { costInHeaders } from '../reply/fields/readCost';
import { asksToWait } from '../failures/retryPolicy';
import { readRetryAfter } from '../failures/waitIn';
import { Watchdog, type WatchedWait } from './watchdog';

/** The limits for the rest of a reply after `[DONE]`, a finish reason, or the head of an error; in seconds. */
const closingPatience = { done: 1, finished: 5, refused: 10 };

/** How one attempt ended, with the facts that decide what to do next. */
export interface AttemptResult {
  readonly ending: Ending;
  /** True if no part of an answer arrived, so that the request may be sent again without repeating text. */
  readonly isBlank: boolean;
  /** The wait in seconds that the gateway asks for; 0 for no wait. */
  readonly retryAfter: number | undefined;
  /** The gateway's error in its original form, to be classified. Not redacted, so it must never be shown. */
  readonly errorText: string;
}

/** What an attempt needs. */
interface AttemptParts {
  readonly call: Call;
  /** Reads the reply; absent for Chat Completions. */
  readonly format?: ReplyFormat | undefined;
  readonly timeouts: Timeouts;
  /** Receives the parts of the answer. */
  readonly parts: PartQueue;
  /** The time in milliseconds since the epoch. */
  readonly now: () => number;
  /** Writes a step to the log; absent unless the log is at the level Trace. */
  readonly trace?: ((step: string) => void) | undefined;
  /** Called once, unless the attempt is abandoned. */
  readonly onEnded: (result: AttemptResult) => void;
}

/**
 * One request until its end. The first of the end of the answer, a failure and a limit ends the attempt and closes the socket;
 * later events are ignored.
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
  /** Bytes since the last progress of the answer. */
  private idleBytes = 0;
  private held = false;
  private ended = false;

  constructor(private readonly given: AttemptParts) {
    this.watchdog = new Watchdog((wait, seconds) => {
      this.onExpired(wait, seconds);
    });
    this.reader = new AnswerReader(given.parts, readingOf(given.call, given.format));
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

  /** Stops reading, because the consumer is slow. The time limits do not run meanwhile. */
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

  /** Closes the socket without calling `onEnded`. Parts that arrived are kept. */
  abandon(): void {
    if (!this.ended) this.close('close');
  }

  onConnected(): void {
    if (this.ended) return;
    this.given.trace?.('connected');
    this.watchdog.begin('first-token', this.given.timeouts.firstToken);
  }

  onHead(head: ReplyHead): void {
    if (this.ended) return;
    this.head = head;
    this.given.trace?.(`head: HTTP ${head.status}`);
    if (this.isSuccess()) this.reader.costInHead = costInHeaders(head.headers);
    else this.watchdog.begin('closing', closingPatience.refused);
    // `pause` may have been called before there was an exchange.
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
    if (progress === 0 && this.reader.progress > 0) this.given.trace?.('first delta');
    this.idleBytes = this.reader.progress === progress ? this.idleBytes + bytes.length : 0;
    const { answer, idle } = defaultReplyLimits;
    this.tooLarge ||= this.reader.size > answer || this.idleBytes > idle;
    if (this.tooLarge) this.breakOff('reply-too-large');
    else if (this.reader.over) this.finishReading({ kind: 'over' });
    else if (this.body.form === 'html') this.finishReading({ kind: 'body-ended' });
    else if (this.reader.progress !== progress) this.onProgress();
    // The server still reads the prompt, so the limit for the first token starts again.
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

  private onExpired(wait: WatchedWait, seconds: number): void {
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

  /** Ends the reading and decides how the answer ended. */
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
        // After [DONE] the socket stays open for a moment, so that the reply can end and the socket can be used again.
        socket: how.kind === 'over' && done ? 'keep' : 'close',
        errorText: text === '' ? [error?.message ?? '', ...(error?.codes ?? [])].join('\n') : text,
        isBlank: progress === 0,
      });
    }
  }

  /** Reads the rest of the decoder and the parser, and a reply that is not a stream. */
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
