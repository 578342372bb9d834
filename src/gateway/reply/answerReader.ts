import { ChoiceReader } from './choiceReader';
import { readChunk, sizeOfChunk, type Chunk, type ChunkChoice } from './chunk';
import type { Call } from '../failures/failureOf';
import { isEmptyObject, isKeepAlive } from './isKeepAlive';
import type { PartQueue } from './partQueue';
import { parseLooseJson, parseReply } from '../json/parseReply';
import { onlyChoice, RepeatedChunk } from './repeatedChunk';
import type { ReplyError } from '../failures/describeError';
import type { ReplyFormat } from './replyFormat';
import { findReplyError, replyErrorFrom } from '../failures/findReplyError';
import { TextGatherer } from './textGatherer';
import type { Cost } from '../../shared/answer/cost';
import { UsageTally } from './fields/usageTally';

/** What `AnswerReader` must know about the question. */
interface ReadingOptions {
  /** The requested number of answers (`n`); 1 if absent. */
  readonly choices?: number;
  /** See `Gateway.cumulativeDeltas`. */
  readonly cumulativeDeltas?: boolean;
  /** The format of the endpoint; absent for Chat Completions. */
  readonly format?: ReplyFormat;
}

/** After this many events in a row that are not JSON, the reading stops. A few of them may be keep-alives. */
const mostUnparsable = 10_000;

/** How many levels of `data:` inside `data:`, or of JSON inside a string, are read. */
const deepestFrame = 8;

/** How much of a reply that is not an answer is kept, in characters. */
const longestForeign = 4_000;

/** The options for the reply to a call. */
export function readingOf({ choices, gateway }: Call, format?: ReplyFormat): ReadingOptions {
  const { cumulativeDeltas } = gateway;
  return {
    ...(choices !== undefined && { choices }),
    ...(cumulativeDeltas !== undefined && { cumulativeDeltas }),
    ...(format !== undefined && { format }),
  };
}

/** What was read of a reply. `concludeAnswer` decides from it how the answer, the first of `n`, ended. */
export interface ReplyOutcome {
  /** True after `[DONE]` or a whole completion. */
  readonly done: boolean;
  readonly finishReason: string | null;
  /** True if the answer has text or media. */
  readonly hasText: boolean;
  readonly hasReasoning: boolean;
  /** True if the model calls a tool. */
  readonly callsTool: boolean;
  /** True if at least one event of the reply could be parsed. */
  readonly understood: boolean;
  /** The error that the gateway reported. */
  readonly error: ReplyError | undefined;
  /** The first event that is not JSON: the text of an error, or an incomplete chunk. */
  readonly malformed: string | undefined;
  /** The first event that is JSON but not a chunk of any known format. Undefined if another event is a chunk. */
  readonly foreign: string | undefined;
}

/** Reads the events of one reply into parts, and collects the facts that decide how the answer ended. */
export class AnswerReader {
  /** True if no further event can change the answer. */
  over = false;
  /** Counts the parts of the answer. Keep-alives, empty chunks and usage do not count. */
  progress = 0;
  /** Counts reports of the server about its progress with the prompt. */
  promptProgress = 0;
  /** The size of the answer so far, in characters (see `sizeOfChunk`). */
  size = 0;
  /** The cost that the head of the reply reports. A cost in the body counts before it. */
  costInHead: Cost | undefined;
  private done = false;
  private understood = false;
  private error: ReplyError | undefined;
  private malformed: string | undefined;
  private unparsable = 0;
  private foreign: string | undefined;
  private hasChat = false;
  private readonly usage = new UsageTally();
  private namedModel = false;
  private closed = false;
  private readonly repeated = new RepeatedChunk();
  private readonly gathered = new TextGatherer((kind, text, choice, isOrdinary) => {
    this.choiceAt(choice).addDelta(kind, text, isOrdinary);
  });
  private readonly first: ChoiceReader;
  /** The choices with an index above 0. */
  private readonly others = new Map<number, ChoiceReader>();

  constructor(
    private readonly parts: PartQueue,
    private readonly options: ReadingOptions = {},
  ) {
    this.first = this.newChoice(0);
  }

  /** True if all choices have a finish reason. Usage and even text may follow. */
  get isFinished(): boolean {
    if (this.first.finishReason === null) return false;
    const { choices = 1 } = this.options;
    if (this.others.size + 1 < choices) return false;
    return [...this.others.values()].every((choice) => choice.finishReason !== null);
  }

  get outcome(): ReplyOutcome {
    const { done, understood, error, malformed } = this;
    const { finishReason, hasText, hasReasoning, callsTool } = this.first;
    const foreign = this.hasChat ? undefined : this.foreign;
    return { done, finishReason, hasText, hasReasoning, callsTool, understood, error, malformed, foreign };
  }

  /** Reads one event of a stream. `type` is its `event:` field. Its text may be passed on only by `flush`, after a delivery. */
  readEvent(data: string, type: string | undefined): void {
    if (this.over) return;
    if (type === 'error') {
      this.readErrorEvent(data);
      return;
    }
    const repeated = this.repeated.read(data);
    if (repeated === undefined) this.readData(data);
    else {
      this.progress += 1;
      this.size += repeated.text.length;
      this.addText(repeated.kind, repeated.text, repeated.choice, repeated.isOrdinary);
    }
  }

  /** Passes on the text of all events so far. */
  flush(): void {
    this.gathered.flush();
  }

  /** Reads a whole reply that is not a stream. Returns false if it is not JSON. */
  readWhole(text: string): boolean {
    const value = parse(text);
    if (value !== undefined) {
      // Gemini sends a stream as one array of chunks.
      const items: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
      for (const item of items) if (!this.isOver()) this.readValue(item, text);
      this.done = true;
      return true;
    }
    // JSON lines: one document per line.
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2 || parse(lines[0] ?? '') === undefined) return false;
    for (const line of lines) if (!this.over) this.readData(line.trim());
    return true;
  }

  /** Ends the reply: passes on everything that was kept back, and the usage. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.over = true;
    this.flush();
    const isWhole = this.done && this.error === undefined;
    this.first.close(isWhole);
    for (const choice of this.others.values()) choice.close(isWhole);
    const kept = this.options.format?.keptReasoning() ?? this.first.keptReasoning;
    if (kept !== undefined) this.parts.add({ kind: 'kept-reasoning', items: kept });
    const usage = this.usage.total(this.others.size + 1);
    const cost = usage?.cost ?? this.costInHead;
    if (usage !== undefined || cost !== undefined)
      this.parts.add({ kind: 'usage', usage: { ...usage, ...(cost !== undefined && { cost }) } });
  }

  private readData(data: string, depth = 0): void {
    const trimmed = data.trim();
    // The fast path: nearly all events are objects.
    if (!trimmed.startsWith('{')) {
      if (trimmed === '' || isKeepAlive(trimmed)) return;
      if (/^\[DONE\]$/i.test(trimmed)) {
        this.done = true;
        this.over = true;
        return;
      }
    }
    const value = parse(trimmed);
    if (value !== undefined) {
      // A chunk may be JSON inside a JSON string.
      if (typeof value !== 'string') this.readValue(value, data);
      else if (depth < deepestFrame && /^\s*(?:\{.*\}|\[DONE\])\s*$/s.test(value))
        this.readData(value, depth + 1);
      else this.readUnparsable(value);
      return;
    }
    // Some servers send `data: data: {…}`.
    const framed = /^(?:data:\s*)+/.exec(trimmed);
    if (framed !== null && !trimmed.includes('\n')) {
      const inner = trimmed.slice(framed[0].length);
      if (inner !== '' && depth < deepestFrame) this.readData(inner, depth + 1);
      return;
    }
    // The parser joins two events without a blank line between them.
    const lines = trimmed.split('\n');
    if (lines.length > 1) for (const line of lines) if (!this.isOver()) this.readData(line, depth);
    if (lines.length === 1) this.readUnparsable(trimmed);
  }

  /** Reads a parsed chunk. `data` is its JSON. */
  private readValue(value: unknown, data: string): void {
    const { format } = this.options;
    const chunk = format === undefined ? readChunk(value) : format.read(value);
    const only = onlyText(chunk);
    this.readChunk(chunk, data.length, only);
    // Not from the first text, which must be shown at once.
    if (only !== undefined && this.progress > 1 && format === undefined) this.repeated.learn(data);
    if (chunk.isChat || chunk.error !== undefined) this.hasChat = true;
    else if (!isEmptyObject(value)) this.foreign ??= data.slice(0, longestForeign);
  }

  /** Notes an event that is not JSON: the text of an error, or an incomplete chunk. `concludeAnswer` decides which it is. */
  private readUnparsable(text: string): void {
    this.malformed ??= text;
    this.unparsable += 1;
    if (/^[{[]/.test(text) || this.unparsable > mostUnparsable) this.over = true;
  }

  private readErrorEvent(data: string): void {
    const value = parse(data.trim());
    const text = typeof value === 'string' ? value : data;
    this.error = findReplyError(value) ?? findReplyError({ error: value }) ?? replyErrorFrom(text);
    this.over = true;
  }

  /** Cumulative deltas cannot be joined, because each one repeats the text before it. */
  private addText(kind: 'text' | 'reasoning', text: string, choice: number, isOrdinary = false): void {
    if (this.options.cumulativeDeltas === true) this.choiceAt(choice).addDelta(kind, text);
    else this.gathered.add(kind, text, choice, isOrdinary);
  }

  /** @param only The only choice of a chunk that holds nothing but its text. */
  private readChunk(chunk: Chunk, length: number, only: ChunkChoice | undefined): void {
    this.understood = true;
    const isText = only?.sources.length === 0;
    if (!isText || !this.namedModel) this.flush();
    if (chunk.model !== undefined && !this.namedModel) {
      this.namedModel = true;
      this.parts.add({ kind: 'served-model', modelId: chunk.model });
    }
    if (chunk.progress !== undefined && this.progress === 0) {
      this.promptProgress += 1;
      this.parts.add({ kind: 'progress', ...chunk.progress });
    }
    const wasFinished = this.first.finishReason !== null;
    const { progress } = this;
    if (isText) {
      this.progress += 1;
      this.addText(only.text === '' ? 'reasoning' : 'text', only.text || only.reasoning, only.index);
    } else {
      for (const choice of chunk.choices) this.progress += this.choiceAt(choice.index).read(choice);
    }
    if (chunk.usage !== undefined) this.usage.add(chunk.usage, this.answersSoFar());
    if (this.progress > progress) {
      this.size += sizeOfChunk(chunk, length);
      this.unparsable = 0;
    }
    if (chunk.error !== undefined) {
      // An error after the finish reason does not change a complete answer.
      if (!wasFinished) {
        this.error = chunk.error;
        this.first.finishReason = null;
      }
      this.over = true;
    }
    if (chunk.isOver) {
      this.done = true;
      this.over = true;
    }
  }

  private answersSoFar(): { finished: number; size: number } {
    const finished = [this.first, ...this.others.values()].filter((choice) => choice.finishReason !== null);
    return { finished: finished.length, size: finished.reduce((size, { length }) => size + length, 0) };
  }

  private choiceAt(index: number): ChoiceReader {
    if (index === 0) return this.first;
    let choice = this.others.get(index);
    if (choice === undefined) {
      choice = this.newChoice(index);
      this.others.set(index, choice);
    }
    return choice;
  }

  private newChoice(index: number): ChoiceReader {
    return new ChoiceReader(index, this.parts, this.options.cumulativeDeltas === true);
  }

  /** Returns `over`. A method, because TypeScript does not know that reading a line may change the field. */
  private isOver(): boolean {
    return this.over;
  }
}

/** The choice of a chunk that holds nothing but its text or its reasoning, and perhaps sources. */
function onlyText(chunk: Chunk): ChunkChoice | undefined {
  const choice = onlyChoice(chunk);
  return choice !== undefined && (choice.text === '') !== (choice.reasoning === '') ? choice : undefined;
}

/** Parses JSON, also with NUL characters or in the forms of `parseLooseJson`. Undefined if the text is not JSON. */
function parse(text: string): unknown {
  const value = parseReply(text);
  if (value !== undefined) return value;
  return (text.includes('\0') ? parseReply(text.replaceAll('\0', '')) : undefined) ?? parseLooseJson(text);
}
