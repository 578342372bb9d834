import type { AnswerStream, StreamPart } from '../../core/ports/answerStream';
import type { Ending } from '../../shared/answer/ending';
import { hideKeys, keysToHide, SecretFilter } from '../secrets/secretFilter';

/** What the queue asks of the socket's side. */
export interface Flow {
  /** The consumer is behind: stop reading. */
  pause(): void;
  resume(): void;
  /** The consumer wants no more. Leads to `end`. */
  cancel(): void;
}

type Batch = readonly StreamPart[];

/** Text or reasoning of one of the answers. */
interface TextStream {
  readonly kind: 'text' | 'reasoning';
  readonly choice: number;
  /** What takes the keys out of it; undefined while it has none to take out. */
  filter: SecretFilter | undefined;
  /** How much of it was handed over, in characters. */
  length: number;
}

/**
 * Hands the parts of one answer to one consumer, in batches: all that came in one turn of the
 * event loop, with neighbouring text merged. Costs one promise a batch, none a chunk.
 */
export class PartQueue implements AnswerStream, AsyncIterator<Batch> {
  private parts: StreamPart[] = [];
  /** Text that more may be merged into; it stands after all of `parts`. */
  private tail = '';
  private tailStream: TextStream | undefined;
  private waiting: ((result: IteratorResult<Batch>) => void) | undefined;
  private handOverScheduled = false;
  private paused = false;
  private ended = false;
  /** What must not be handed over. */
  private keys: readonly string[] = [];
  private readonly streams: TextStream[] = [];

  constructor(private readonly flow: Flow) {}

  /** Takes these secrets, as far as they look like keys, out of whatever is added from now on. */
  hide(secrets: readonly string[]): void {
    this.keys = keysToHide(secrets);
  }

  /** Adds text of one of the answers. Empty text is nothing. */
  addText(kind: 'text' | 'reasoning', text: string, choice = 0): void {
    if (this.ended || text === '') return;
    if (this.tailStream?.kind !== kind || this.tailStream.choice !== choice) {
      this.closeTail();
      this.tailStream = this.streamOf(kind, choice);
    }
    this.tail += text;
    this.scheduleHandOver();
  }

  /** All text of one of the answers so far was reasoning. */
  textWasReasoning(choice = 0): void {
    if (this.ended) return;
    this.closeTail();
    // What is held back as the beginning of a key goes along: what follows it is a mark, and so no key.
    const stream = this.streamOf('text', choice);
    this.pushText(stream, stream.filter?.end() ?? '');
    const { length } = stream;
    stream.length = 0;
    if (length > 0) this.add({ kind: 'text-was-reasoning', length, ...(choice > 0 && { choice }) });
  }

  /** Adds a part that is not text and not the end. */
  add(part: Exclude<StreamPart, { kind: 'text' | 'reasoning' | 'ended' }>): void {
    if (this.ended) return;
    this.closeTail();
    this.parts.push(hideKeys(part, this.keys));
    this.scheduleHandOver();
  }

  /** Adds the end; only the first counts. */
  end(ending: Ending): void {
    if (this.ended) return;
    this.closeTail();
    for (const stream of this.streams) this.pushText(stream, stream.filter?.end() ?? '');
    this.parts.push({ kind: 'ended', ending });
    this.ended = true;
    this.scheduleHandOver();
  }

  cancel(): void {
    if (!this.ended) this.flow.cancel();
  }

  [Symbol.asyncIterator](): AsyncIterator<Batch> {
    return this;
  }

  next(): Promise<IteratorResult<Batch>> {
    const batch = this.take();
    if (batch !== undefined) return Promise.resolve({ done: false, value: batch });
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  /** The consumer left its loop. */
  return(): Promise<IteratorResult<Batch>> {
    this.cancel();
    return Promise.resolve({ done: true, value: undefined });
  }

  private closeTail(): void {
    const { tail: text, tailStream: stream } = this;
    if (text === '' || stream === undefined) return;
    this.tail = '';
    if (this.keys.length > 0) stream.filter ??= new SecretFilter(this.keys);
    this.pushText(stream, stream.filter === undefined ? text : stream.filter.take(text));
  }

  private pushText(stream: TextStream, text: string): void {
    if (text === '') return;
    const { kind, choice } = stream;
    stream.length += text.length;
    this.parts.push(choice === 0 ? { kind, text } : { kind, text, choice });
  }

  private streamOf(kind: 'text' | 'reasoning', choice: number): TextStream {
    let stream = this.streams.find((one) => one.kind === kind && one.choice === choice);
    if (stream === undefined) {
      stream = { kind, choice, filter: undefined, length: 0 };
      this.streams.push(stream);
    }
    return stream;
  }

  /** One read of the socket can bring many pieces; they are handed over together. */
  private scheduleHandOver(): void {
    if (this.handOverScheduled) return;
    this.handOverScheduled = true;
    queueMicrotask(() => {
      this.handOverScheduled = false;
      this.handOver();
    });
  }

  private handOver(): void {
    if (this.waiting === undefined) {
      if (this.ended || this.paused || (this.tail === '' && this.parts.length === 0)) return;
      this.paused = true;
      this.flow.pause();
      return;
    }
    const batch = this.take();
    if (batch === undefined) return;
    const resolve = this.waiting;
    this.waiting = undefined;
    resolve({ done: false, value: batch });
  }

  private take(): Batch | undefined {
    this.closeTail();
    // Even when all that came is held back: more has to come for it to be told.
    if (this.paused) {
      this.paused = false;
      this.flow.resume();
    }
    if (this.parts.length === 0) return undefined;
    const batch = this.parts;
    this.parts = [];
    return batch;
  }
}
