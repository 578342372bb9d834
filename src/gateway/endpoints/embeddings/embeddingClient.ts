import { cutText } from '../../../core/text/cutText';
import { shownAddress } from '../../../core/models/gateway';
import type { Embedder, EmbeddingReply, EmbeddingRequest } from '../../../core/ports/embedder';
import type { Failure } from '../../../shared/failure/failure';
import { failureOf } from '../../failures/failureOf';
import { sendTexts, type EmbeddingParts } from './sendTexts';

/** What is known about a gateway's limits. */
interface Limits {
  /** The most texts of a request. Halved each time the gateway refuses a request. */
  texts: number;
  /** The longest text that the model takes, in UTF-16 units. */
  length: number;
  /** False once the gateway has refused `encoding_format`. */
  namesFormat: boolean;
}

/** Gateways take 10 to 2,048 texts in a request. */
const mostTexts = 16;

/** The most estimated tokens of a request. */
const mostTokens = 8_000;

/** Most texts have more characters in a token; only Chinese, Japanese and Korean have fewer. */
const charactersPerToken = 3;

/** A text that is refused as too long is halved, but not below this; in UTF-16 units. */
const shortestCut = 250;

/** How many requests run at the same time. */
const mostRequests = 2;

/** So often in a row, a rate limit is waited for. A longer wait than this in seconds is a failure. */
const mostWaits = 5;
const longestWait = 60;

/** Texts of one request, and where their vectors belong. */
interface Batch {
  readonly start: number;
  readonly texts: readonly string[];
}

/** Sends texts to `/v1/embeddings` in batches of at most 16 texts, two at a time, and learns what each gateway takes. */
export class EmbeddingClient implements Embedder {
  private readonly limits = new Map<string, Limits>();

  constructor(private readonly parts: EmbeddingParts) {}

  async embed(request: EmbeddingRequest): Promise<EmbeddingReply> {
    const { gateway, modelId } = request;
    const key = JSON.stringify([gateway.id, gateway.baseUrl, modelId]);
    const known = this.limits.get(key) ?? { texts: mostTexts, length: Infinity, namesFormat: true };
    try {
      // A copy: the limits count only once the smaller request has succeeded.
      const run = new EmbeddingRun(request, this.parts, { ...known });
      const reply = await run.finish();
      if (reply.kind === 'embedded') this.limits.set(key, run.limits);
      return reply;
    } catch (error) {
      const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
      const failure = failureOf(call, 'unexpected', { detail: String(error) });
      return { kind: 'failed', failure, received: new Map() };
    }
  }
}

/** The requests for the texts of one call. */
class EmbeddingRun {
  private readonly queue: Batch[];
  private readonly received = new Map<number, Float32Array>();
  private tokens = 0;
  private waits = 0;
  private failure: Failure | undefined;
  /** Resolves when the rate limit is over. */
  private pause: Promise<void> | undefined;

  constructor(
    private readonly request: EmbeddingRequest,
    private readonly parts: EmbeddingParts,
    readonly limits: Limits,
  ) {
    this.queue = batchesOf(request.texts, limits);
  }

  async finish(): Promise<EmbeddingReply> {
    await Promise.all(Array.from({ length: mostRequests }, () => this.work()));
    const { failure, received, tokens } = this;
    const vectors = this.request.texts.flatMap((_, position) => received.get(position) ?? []);
    // A run that is cancelled at its end may have received all vectors.
    if (failure === undefined && vectors.length === this.request.texts.length)
      return { kind: 'embedded', vectors, tokens };
    if (this.request.signal.aborted || failure === undefined) return { kind: 'cancelled', received };
    return { kind: 'failed', failure, received };
  }

  private async work(): Promise<void> {
    for (;;) {
      await this.pause;
      if (this.failure !== undefined || this.request.signal.aborted) return;
      const batch = this.queue.shift();
      if (batch === undefined) return;
      await this.send(batch);
    }
  }

  private async send(batch: Batch): Promise<void> {
    const { namesFormat } = this.limits;
    const texts = batch.texts.map((text) => cutText(text, this.limits.length));
    const sent = await sendTexts(this.request, texts, namesFormat, this.parts);
    if (sent.kind === 'failed') {
      if (this.request.signal.aborted || (await this.goesOnAfter(sent.failure, batch, namesFormat))) return;
      this.failure ??= sent.failure;
      return;
    }
    this.waits = 0;
    this.tokens += sent.tokens;
    const width = sent.vectors[0]?.length;
    if ([...this.received.values()].some((vector) => vector.length !== width)) {
      const { gateway, modelId } = this.request;
      const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
      const detail = 'The vectors of two replies have different widths.';
      this.failure ??= failureOf(call, 'malformed-reply', { detail });
      return;
    }
    for (const [index, vector] of sent.vectors.entries()) this.received.set(batch.start + index, vector);
  }

  /** Queues a refused batch again in a form that the gateway may accept. Returns false if no such form exists. */
  private async goesOnAfter(failure: Failure, batch: Batch, namesFormat: boolean): Promise<boolean> {
    if (failure.kind === 'rate-limited') return await this.waitFor(failure, batch);
    if (!isRefusal(failure)) return false;
    if (namesFormat && failure.detail?.includes('encoding_format') === true) {
      this.limits.namesFormat = false;
      this.queue.unshift(batch);
      return true;
    }
    if (batch.texts.length > 1) {
      const half = Math.ceil(batch.texts.length / 2);
      this.limits.texts = Math.min(this.limits.texts, half);
      // The waiting batches are cut as well, instead of being refused one by one.
      const waiting = this.queue.splice(0).flatMap((each) => this.cutBatch(each));
      this.queue.push(...this.cutBatch(batch), ...waiting);
      return true;
    }
    const length = Math.floor(Math.min(this.limits.length, batch.texts[0]?.length ?? 0) / 2);
    const isTooLong = failure.kind === 'request-too-large' || failure.status === 413;
    if (!isTooLong || length < shortestCut) return false;
    this.limits.length = length;
    this.queue.unshift(batch);
    return true;
  }

  private cutBatch({ start, texts }: Batch): Batch[] {
    const batches: Batch[] = [];
    for (let at = 0; at < texts.length; at += this.limits.texts)
      batches.push({ start: start + at, texts: texts.slice(at, at + this.limits.texts) });
    return batches;
  }

  private async waitFor({ seconds, retryable }: Failure, batch: Batch): Promise<boolean> {
    this.waits += 1;
    const delay = seconds ?? 2 ** this.waits;
    if (!retryable || this.waits > mostWaits || delay > longestWait) return false;
    this.queue.unshift(batch);
    this.pause = this.parts.wait(delay * 1_000, this.request.signal);
    await this.pause;
    return true;
  }
}

/** True if the gateway refused the request before it did any work, possibly because of its size. */
function isRefusal({ kind, status = 0 }: Failure): boolean {
  const isOfSize = kind === 'bad-request' || kind === 'request-too-large' || kind === 'http-error';
  return isOfSize && (status === 400 || status === 413 || status === 422);
}

function batchesOf(texts: readonly string[], limits: Limits): Batch[] {
  const batches: Batch[] = [];
  let start = 0;
  let tokens = 0;
  for (const [index, text] of texts.entries()) {
    const size = Math.min(text.length, limits.length) / charactersPerToken;
    if (index > start && (index - start >= limits.texts || tokens + size > mostTokens)) {
      batches.push({ start, texts: texts.slice(start, index) });
      start = index;
      tokens = 0;
    }
    tokens += size;
  }
  batches.push({ start, texts: texts.slice(start) });
  return batches;
}
