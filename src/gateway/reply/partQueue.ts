import type { AnswerStream, StreamPart } from '../../core/ports/answerStream';
import type { Ending } from '../../shared/answer/ending';
import { hideKeys, keysToHide, SecretFilter } from '../secrets/secretFilter';

/** How the queue controls the producer of the parts. */
interface Flow {
  /** Stops reading the socket, because the consumer is slow. */
  pause(): void;
  resume(): void;
  /** Stops the answer, because the consumer has stopped. Leads to a call of `end`. */
  cancel(): void;
}

type Batch = readonly StreamPart[];

/** The kinds of text that come in many pieces. */
type TextKind = 'text' | 'reasoning' | 'tool-call-arguments';

/** Text or reasoning of one of the answers, or the arguments of one of its tool calls. */
interface TextStream {
  readonly kind: TextKind;
  readonly choice: number;
  /** The index of the tool call; 0 for text and reasoning. */
  readonly index: number;
  /** Removes keys from the text; undefined if there are no keys to remove. */
  filter: SecretFilter | undefined;
  /** The length of the text that was passed on, in UTF-16 code units. */
  length: number;
}

/**
 * Passes the parts of one answer to one consumer in batches. A batch has all parts of one turn of the event loop, with
 * neighbouring text merged. A batch needs one promise; a chunk needs none.
 */
export class PartQueue implements AnswerStream, AsyncIterator<Batch> {
  private parts: StreamPart[] = [];
  /** Text after all of `parts`, to which more text may be added. */
  private tail = '';
  private tailStream: TextStream | undefined;
  private waiting: ((result: IteratorResult<Batch>) => void) | undefined;
  private handOverScheduled = false;
  private paused = false;
  private ended = false;
  /** The keys that must not reach the consumer. */
  private keys: readonly string[] = [];
  /** By kind, choice and index. */
  private readonly streams = new Map<string, TextStream>();

  constructor(private readonly flow: Flow) {}

  /** Sets the secrets. Those that look like keys are removed from everything that is added later. */
  hide(secrets: readonly string[]): void {
    this.keys = keysToHide(secrets);
  }

  /** Adds text or reasoning of one of the answers. Ignores empty text. */
  addText(kind: 'text' | 'reasoning', text: string, choice = 0): void {
    this.addToTail(kind, choice, 0, text);
  }

  /** Adds a delta of the arguments of a tool call. Ignores empty text. */
  addArguments(index: number, text: string, choice = 0): void {
    this.addToTail('tool-call-arguments', choice, index, text);
  }

  /** Reports that all text of one of the answers so far was reasoning. */
  textWasReasoning(choice = 0): void {
    if (this.ended) return;
    this.closeTail();
    // Text that the filter keeps back is not the start of a key, because a reasoning mark follows it.
    const stream = this.streamOf('text', choice, 0);
    this.pushText(stream, stream.filter?.end() ?? '');
    const { length } = stream;
    stream.length = 0;
    if (length > 0) this.add({ kind: 'text-was-reasoning', length, ...(choice > 0 && { choice }) });
  }

  /** Adds a part that is not text and not the end. */
  add(part: Exclude<StreamPart, { kind: 'text' | 'reasoning' | 'tool-call-arguments' | 'ended' }>): void {
    if (this.ended) return;
    this.closeTail();
    this.parts.push(hideKeys(part, this.keys));
    this.scheduleHandOver();
  }

  /** Adds the end. Later calls do nothing. */
  end(ending: Ending): void {
    if (this.ended) return;
    this.closeTail();
    for (const stream of this.streams.values()) {
      // Arguments that the filter keeps back were passed on with the whole call.
      if (stream.kind !== 'tool-call-arguments') this.pushText(stream, stream.filter?.end() ?? '');
    }
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

  /** Called by JavaScript when the consumer leaves its loop. */
  return(): Promise<IteratorResult<Batch>> {
    this.cancel();
    return Promise.resolve({ done: true, value: undefined });
  }

  private addToTail(kind: TextKind, choice: number, index: number, text: string): void {
    if (this.ended || text === '') return;
    const stream = this.tailStream;
    if (stream?.kind !== kind || stream.choice !== choice || stream.index !== index) {
      this.closeTail();
      this.tailStream = this.streamOf(kind, choice, index);
    }
    this.tail += text;
    this.scheduleHandOver();
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
    const { kind, choice, index } = stream;
    stream.length += text.length;
    if (kind === 'tool-call-arguments')
      this.parts.push(choice === 0 ? { kind, index, text } : { kind, index, text, choice });
    else this.parts.push(choice === 0 ? { kind, text } : { kind, text, choice });
  }

  private streamOf(kind: TextKind, choice: number, index: number): TextStream {
    const key = `${kind} ${choice} ${index}`;
    let stream = this.streams.get(key);
    if (stream === undefined) {
      stream = { kind, choice, index, filter: undefined, length: 0 };
      this.streams.set(key, stream);
    }
    return stream;
  }

  /** Passes on all parts of one read of the socket together. */
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
    // Also if the filter keeps everything back, because it needs more text.
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
