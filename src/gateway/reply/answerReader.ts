import { ChoiceReader } from './choiceReader';
import { readChunk, type Chunk } from './chunk';
import type { Call } from '../failures/failureOf';
import { isEmptyObject, isKeepAlive } from './isKeepAlive';
import type { PartQueue } from './partQueue';
import { parseLooseJson, parseReply } from '../json/parseReply';
import { onlyChoice, RepeatedChunk } from './repeatedChunk';
import type { ReplyError } from '../failures/describeError';
import { findReplyError, replyErrorFrom } from '../failures/findReplyError';
import { sizeOfChunk } from './sizeOfChunk';
import { TextGatherer } from './textGatherer';
import { UsageTally } from './fields/usageTally';

/** What a reply's reader has to know of the question. */
export interface ReadingOptions {
  /** How many answers were asked for; 1 when absent. */
  readonly choices?: number;
  /** See `Gateway.cumulativeDeltas`. */
  readonly cumulativeDeltas?: boolean;
}

/** So many pieces in a row that are neither chunks nor half of one are no answer any more; heartbeats may look like that. */
const mostUnparsable = 10_000;

/** How often an event may be framed within another. */
const deepestFrame = 8;

/** How much is kept of what is not an answer, in characters. */
const longestForeign = 4_000;

/** What the reader of a call's reply has to know. */
export function readingOf({ choices, gateway }: Call): ReadingOptions {
  const { cumulativeDeltas } = gateway;
  return {
    ...(choices !== undefined && { choices }),
    ...(cumulativeDeltas !== undefined && { cumulativeDeltas }),
  };
}

/** What a reply turned out to be, for whoever decides how the answer, the first of `n`, ended. */
export interface ReplyOutcome {
  /** True when `[DONE]` came, or a whole completion. */
  readonly done: boolean;
  readonly finishReason: string | null;
  /** True when text or media came. */
  readonly hasText: boolean;
  readonly hasReasoning: boolean;
  /** True when the model called a tool. */
  readonly callsTool: boolean;
  /** True when at least one piece of the reply could be parsed. */
  readonly understood: boolean;
  /** The error that the gateway reported. */
  readonly error: ReplyError | undefined;
  /** The first piece that is no chunk, as it came: an error's bare words, or a broken chunk. */
  readonly malformed: string | undefined;
  /** The first piece that is JSON but no part of an answer in any known format; undefined when some other piece was. */
  readonly foreign: string | undefined;
}

/** Turns the events of one reply into parts, and remembers what decides how the answer ended. */
export class AnswerReader {
  /** True when nothing that may still come changes the answer. */
  over = false;
  /** Counts pieces of answer. Heartbeats, empty chunks and counts of tokens are none. */
  progress = 0;
  /** Counts signs that the server works on the prompt, before any piece of the answer. */
  promptProgress = 0;
  /** How much answer came: text and reasoning in characters, anything else as it came. */
  size = 0;
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
  private readonly gathered = new TextGatherer((kind, text, choice) => {
    this.choiceAt(choice).addDelta(kind, text);
  });
  private readonly first: ChoiceReader;
  /** The choices after the first. */
  private readonly others = new Map<number, ChoiceReader>();

  constructor(
    private readonly parts: PartQueue,
    private readonly options: ReadingOptions = {},
  ) {
    this.first = this.newChoice(0);
  }

  /** True once all choices have a finish reason. More may follow: usage, even text. */
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

  /** Reads one event of a stream. `type` is the event's name. Its text may come out only with `flush`, which ends a delivery. */
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
      this.addText(repeated.kind, repeated.text, repeated.choice);
    }
  }

  /** Passes on the text of the events so far. */
  flush(): void {
    this.gathered.flush();
  }

  /** Reads a reply that came in one piece although a stream was asked for. Returns false when it is no JSON. */
  readWhole(text: string): boolean {
    const value = parse(text);
    if (value !== undefined) {
      // Gemini sends a stream as one list of chunks.
      const items: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
      for (const item of items) if (!this.isOver()) this.readValue(item, text);
      this.done = true;
      return true;
    }
    // One JSON document a line.
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2 || parse(lines[0] ?? '') === undefined) return false;
    for (const line of lines) if (!this.over) this.readData(line.trim());
    return true;
  }

  /** The reply is over: lets go of what was held back, and tells the usage. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.over = true;
    this.flush();
    const isWhole = this.done && this.error === undefined;
    this.first.close(isWhole);
    for (const choice of this.others.values()) choice.close(isWhole);
    const usage = this.usage.total(this.others.size + 1);
    if (usage !== undefined) this.parts.add({ kind: 'usage', usage });
  }

  private readData(data: string, depth = 0): void {
    const trimmed = data.trim();
    // Nearly all events are objects.
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
      // A chunk may come as a string of JSON.
      if (typeof value !== 'string') this.readValue(value, data);
      else if (depth < deepestFrame && /^\s*(?:\{.*\}|\[DONE\])\s*$/s.test(value))
        this.readData(value, depth + 1);
      else this.readUnparsable(value);
      return;
    }
    // Some servers frame twice.
    const framed = /^(?:data:\s*)+/.exec(trimmed);
    if (framed !== null && !trimmed.includes('\n')) {
      const inner = trimmed.slice(framed[0].length);
      if (inner !== '' && depth < deepestFrame) this.readData(inner, depth + 1);
      return;
    }
    // Two events with no blank line between them arrive as one.
    const lines = trimmed.split('\n');
    if (lines.length > 1) for (const line of lines) if (!this.isOver()) this.readData(line, depth);
    if (lines.length === 1) this.readUnparsable(trimmed);
  }

  /** Reads parsed JSON; `data` is what it was parsed from. */
  private readValue(value: unknown, data: string): void {
    const chunk = readChunk(value);
    this.readChunk(chunk, data.length);
    if (saysOnlyText(chunk)) this.repeated.learn(data);
    if (chunk.isChat || chunk.error !== undefined) this.hasChat = true;
    else if (!isEmptyObject(value)) this.foreign ??= data.slice(0, longestForeign);
  }

  /** What is no JSON is an error's text, or half of a chunk. Which, shows when the reply ends. */
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

  /** Text that repeats all before it cannot be joined. */
  private addText(kind: 'text' | 'reasoning', text: string, choice: number): void {
    if (this.options.cumulativeDeltas === true) this.choiceAt(choice).addDelta(kind, text);
    else this.gathered.add(kind, text, choice);
  }

  private readChunk(chunk: Chunk, length: number): void {
    this.flush();
    this.understood = true;
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
    for (const choice of chunk.choices) this.progress += this.choiceAt(choice.index).read(choice);
    if (chunk.usage !== undefined) this.usage.add(chunk.usage, this.answersSoFar());
    if (this.progress > progress) {
      this.size += sizeOfChunk(chunk, length);
      this.unparsable = 0;
    }
    if (chunk.error !== undefined) {
      // A complete answer stays complete, whatever the gateway complains of afterwards.
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

  /** `over`, read anew: the compiler does not know that reading a line may set it. */
  private isOver(): boolean {
    return this.over;
  }
}

function saysOnlyText(chunk: Chunk): boolean {
  const choice = onlyChoice(chunk);
  return choice !== undefined && (choice.text === '') !== (choice.reasoning === '');
}

/** The parsed text; undefined when it is no JSON. */
function parse(text: string): unknown {
  const value = parseReply(text);
  if (value !== undefined) return value;
  return (text.includes('\0') ? parseReply(text.replaceAll('\0', '')) : undefined) ?? parseLooseJson(text);
}
