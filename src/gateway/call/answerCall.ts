import type { Log } from '../../core/ports/log';
import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import type { ChatEndpoint } from '../../core/models/chatEndpoint';
import type { Timeouts } from '../../core/models/route';
import { refusesEffort } from '../../core/models/effortForms';
import type { Ending } from '../../shared/answer/ending';
import type { Failure } from '../../shared/failure/failure';
import { effortSentMark } from '../../shared/failure/nameOfUnsupportedParameter';
import { SupportedRequest, type SupportedRequestOptions } from './supportedRequest';
import { Attempt, type AttemptResult } from './attempt';
import type { EndpointFormat } from '../endpoints/endpointFormat';
import type { Transport, WireRequest } from '../network/exchange';
import { shownAddress } from '../../core/models/gateway';
import { failureOf, type Call } from '../failures/failureOf';
import { InMemoryUnsupportedParameters } from '../unsupportedParameters/inMemoryUnsupportedParameters';
import { removesContent } from '../unsupportedParameters/messageForm';
import { effortField } from '../unsupportedParameters/writeEffort';
import { PartQueue } from '../reply/partQueue';
import {
  delayBeforeRetry,
  delayWhileLoading,
  noRetries,
  wait,
  type RetryPolicy,
  type Wait,
} from '../failures/retryPolicy';

/** What a call needs. */
interface AnswerCallParts {
  readonly timeouts: Timeouts;
  readonly log: Log;
  /** The time in milliseconds since the epoch. */
  readonly now: () => number;
  readonly onEnded: () => void;
  /** No retries if absent. */
  readonly retry?: RetryPolicy;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly wait?: Wait;
  readonly unsupportedParameters?: UnsupportedParameterMemory;
  /** Opens a new transport for a retry after a reset connection. If absent, the retry uses the same transport. */
  readonly openFreshTransport?: () => Promise<Transport>;
  /** Loads the format of the endpoint that an error tells to use. If absent, the endpoint does not change. */
  readonly loadFormat?: (endpoint: ChatEndpoint) => Promise<EndpointFormat | undefined>;
}

/** The request of a call, which may be sent several times. */
interface Question {
  readonly call: Call;
  readonly supported: SupportedRequest;
  readonly transport: Transport;
}

/**
 * One question until its end: usually one attempt, and more if the gateway does not support a parameter, if a failure is
 * temporary, or if the server is loading its model. Never sends the request again after the first delta of an answer.
 */
export class AnswerCall {
  readonly parts: PartQueue;
  private readonly aborting = new AbortController();
  private question: Question | undefined;
  private attempt: Attempt | undefined;
  private freshTransport: Transport | undefined;
  private retriesMade = 0;
  /** The time until which the server may load its model, in milliseconds since the epoch; set by its first such reply. */
  private loadingUntil: number | undefined;
  private held = false;
  private ended = false;
  /** What the answer says about the effort. */
  private reportedEffort: string | undefined;
  private readonly trace: ((step: string) => void) | undefined;

  constructor(private readonly given: AnswerCallParts) {
    this.trace = traceOf(given.log);
    this.trace?.('queued');
    this.parts = new PartQueue({
      pause: () => {
        this.held = true;
        this.attempt?.pause();
      },
      resume: () => {
        this.held = false;
        this.attempt?.resume();
      },
      cancel: () => {
        this.cancel();
      },
    });
  }

  /** Sends the question, a request for Chat Completions. */
  send(
    transport: Transport,
    call: Call,
    request: WireRequest,
    about: Omit<SupportedRequestOptions, 'gatewayId' | 'modelId'> = {},
  ): void {
    if (this.ended) return;
    this.parts.hide(call.secrets);
    const { unsupportedParameters = new InMemoryUnsupportedParameters() } = this.given;
    const options = { ...about, gatewayId: call.gateway.id, modelId: call.modelId ?? '' };
    const supported = new SupportedRequest(request, unsupportedParameters, options);
    this.question = { call: callOf(call, supported), supported, transport };
    this.trace?.(`${call.modelId ?? 'no model'} at ${this.question.call.url}`);
    this.begin(this.question);
  }

  /** Ends the answer because the user stops it. */
  cancel(): void {
    this.end({ outcome: 'cancelled' });
  }

  /** Ends the answer because the question could not be sent. */
  fail(failure: Failure): void {
    this.end({ outcome: 'failed', failure });
  }

  private begin(question: Question): void {
    const { timeouts, now } = this.given;
    this.reportEffort(question.supported);
    const attempt = new Attempt({
      call: question.call,
      format: question.supported.newReader(),
      timeouts,
      parts: this.parts,
      now,
      trace: this.trace,
      onEnded: (result) => {
        if (!this.ended) this.onAttemptEnded(question, result);
      },
    });
    this.attempt = attempt;
    if (this.held) attempt.pause();
    this.trace?.(`connecting, ${question.supported.request.body?.length ?? 0} characters to send`);
    attempt.send(this.freshTransport ?? question.transport, question.supported.request);
  }

  /** Tells how the effort that the user chose is sent, or that it is not sent. Says nothing about the usual form. */
  private reportEffort({ effort }: SupportedRequest): void {
    if (effort === undefined || effort === 'translated') return;
    const isUsual = typeof effort !== 'string' && Object.keys(effort).every((field) => field === effortField);
    if (isUsual) return;
    const part = effort === 'left out' ? effortField : effortSentMark + JSON.stringify(effort);
    if (part === this.reportedEffort) return;
    this.reportedEffort = part;
    this.parts.add({ kind: 'adapted', part });
  }

  private onAttemptEnded(question: Question, result: AttemptResult): void {
    const { ending } = result;
    const endpoint = question.supported.endpointNamedBy(result);
    if (endpoint !== undefined && this.given.loadFormat !== undefined) {
      this.orFail(question, this.moveTo(question, endpoint, this.given.loadFormat));
      return;
    }
    const parameter = question.supported.learnFrom(result);
    if (parameter !== undefined) {
      this.trace?.(`adapted: without ${parameter}`);
      this.given.log.info(`${question.call.url}: does not support ${parameter}, sending again without it`);
      if (removesContent(parameter) && !(question.supported.effort !== undefined && refusesEffort(parameter)))
        this.parts.add({ kind: 'adapted', part: parameter });
      this.begin(question);
      return;
    }
    if (ending.outcome === 'failed' && question.supported.isRejectedBy(result)) {
      this.end({ outcome: 'failed', failure: { ...ending.failure, kind: 'bad-request', retryable: false } });
      return;
    }
    if (ending.outcome !== 'failed') {
      this.end(ending);
      return;
    }
    const { failure } = ending;
    const isLoading = failure.kind === 'model-loading';
    const delay = isLoading
      ? this.delayWhileLoading(failure, result)
      : this.delayBeforeRetry(failure, result);
    if (delay === undefined) {
      this.end(ending);
      return;
    }
    this.trace?.(`retrying in ${Math.ceil(delay * 1_000)} ms: ${failure.kind}`);
    const again = isLoading
      ? this.askWhenLoaded(question, delay * 1_000)
      : this.retry(question, failure, delay * 1_000);
    this.orFail(question, again);
  }

  private orFail({ call }: Question, again: Promise<void>): void {
    again.catch((error: unknown) => {
      this.fail(failureOf(call, 'unexpected', { detail: String(error) }));
    });
  }

  /** Sends the request to the endpoint that the error names. The gateway has refused the first one, so it is not billed twice. */
  private async moveTo(
    question: Question,
    endpoint: ChatEndpoint,
    loadFormat: (endpoint: ChatEndpoint) => Promise<EndpointFormat | undefined>,
  ): Promise<void> {
    const format = await loadFormat(endpoint);
    if (this.ended) return;
    question.supported.moveTo(endpoint, format);
    this.question = { ...question, call: callOf(question.call, question.supported) };
    this.trace?.(`adapted: at ${this.question.call.url}`);
    this.given.log.info(
      `${question.call.url}: the model needs another endpoint, sending to ${this.question.call.url}`,
    );
    this.begin(this.question);
  }

  /** The wait before the next request while the model loads. Reports the loading once, with the time that it may take. */
  private delayWhileLoading(failure: Failure, { retryAfter }: AttemptResult): number | undefined {
    const { retry = noRetries, now, timeouts, log } = this.given;
    const isFirst = this.loadingUntil === undefined;
    const until = (this.loadingUntil ??= now() + timeouts.firstToken * 1_000);
    const delay = delayWhileLoading((until - now()) / 1_000, retryAfter, retry);
    if (delay !== undefined && isFirst) {
      log.info(`${failure.url ?? ''}: is loading its model, retrying for up to ${timeouts.firstToken} s`);
      this.parts.add({ kind: 'retrying', retry: { attempt: 2, until, failure } });
    }
    return delay;
  }

  private async askWhenLoaded(question: Question, milliseconds: number): Promise<void> {
    await (this.given.wait ?? wait)(milliseconds, this.aborting.signal);
    if (!this.ended) this.begin(question);
  }

  private delayBeforeRetry(failure: Failure, { isBlank, retryAfter }: AttemptResult): number | undefined {
    if (!isBlank) return undefined;
    const { retry = noRetries, random = Math.random } = this.given;
    return delayBeforeRetry(failure, { made: this.retriesMade, retryAfter }, retry, random);
  }

  /** Tells the user about the retry, waits, and sends the request again. */
  private async retry(question: Question, failure: Failure, milliseconds: number): Promise<void> {
    this.retriesMade += 1;
    const attempt = this.retriesMade + 1;
    const { log, now } = this.given;
    log.info(`${question.call.url}: ${failure.kind}, attempt ${attempt} in ${Math.ceil(milliseconds)} ms`);
    this.parts.add({ kind: 'retrying', retry: { attempt, until: now() + milliseconds, failure } });
    await (this.given.wait ?? wait)(milliseconds, this.aborting.signal);
    if (this.ended) return;
    if (failure.kind === 'connection-reset') {
      // After the computer slept, all idle sockets are dead, not only this one.
      const fresh = await this.given.openFreshTransport?.();
      await this.closeFreshTransport();
      this.freshTransport = fresh;
    }
    if (this.aborting.signal.aborted) await this.closeFreshTransport();
    else this.begin(question);
  }

  private end(ending: Ending): void {
    if (this.ended) return;
    this.ended = true;
    // A reason of its own, because Node would make a `DOMException` with a stack.
    this.aborting.abort(ending.outcome);
    this.attempt?.abandon();
    this.trace?.(`ended: ${ending.outcome}`);
    this.report(ending);
    this.parts.end(ending);
    this.given.onEnded();
    this.closeFreshTransport().catch((error: unknown) => {
      this.given.log.warn(`A transport could not be closed: ${String(error)}`);
    });
  }

  private async closeFreshTransport(): Promise<void> {
    const fresh = this.freshTransport;
    this.freshTransport = undefined;
    await fresh?.dispose();
  }

  private report(ending: Ending): void {
    const url = this.question?.call.url ?? '';
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

/** The call with the address to which its request goes. */
function callOf(call: Call, { request }: SupportedRequest): Call {
  return { ...call, url: shownAddress(request.url.href) };
}

let traced = 0;

/** Writes the steps of one request, with its number and the time since its start; undefined unless the log is at the level Trace. */
function traceOf({ trace }: Log): ((step: string) => void) | undefined {
  if (trace === undefined) return undefined;
  traced += 1;
  const request = traced;
  const start = performance.now();
  return (step) => {
    trace(`Request ${request}, ${(performance.now() - start).toFixed(1)} ms: ${step}`);
  };
}
