import type { Usage } from '../shared/usage';
import { readChunk, type Chunk } from './chunk';
import type { PartQueue } from './partQueue';
import { RepeatedChunk } from './repeatedChunk';
import { findReplyError, replyErrorFrom, type ReplyError } from './replyError';
import { ThinkTags } from './thinkTags';

/** What a reply turned out to be, for whoever decides how the answer ended. */
export interface ReplyOutcome {
  /** True when `[DONE]` came, or a whole completion. */
  readonly done: boolean;
  readonly finishReason: string | null;
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
}

/** Turns the events of one reply into parts, and remembers what decides how the answer ended. */
export class AnswerReader {
  /** True when nothing that may still come changes the answer. */
  over = false;
  /** Counts pieces of answer. Heartbeats, empty chunks and counts of tokens are none. */
  progress = 0;
  private done = false;
  private finishReason: string | null = null;
  private hasText = false;
  private hasReasoning = false;
  private callsTool = false;
  private understood = false;
  private error: ReplyError | undefined;
  private malformed: string | undefined;
  private usage: Usage | undefined;
  private namedModel = false;
  private hasDeltaText = false;
  private readonly repeated = new RepeatedChunk();
  private readonly thinkTags: ThinkTags;

  constructor(private readonly parts: PartQueue) {
    this.thinkTags = new ThinkTags((kind, text) => {
      parts.addText(kind, text);
      if (kind === 'text') this.hasText = true;
      else this.hasReasoning = true;
    });
  }

  /** True once a finish reason came. More may follow: usage, even text. */
  get isFinished(): boolean {
    return this.finishReason !== null;
  }

  get outcome(): ReplyOutcome {
    const { done, finishReason, hasText, hasReasoning, callsTool, understood, error, malformed } = this;
    return { done, finishReason, hasText, hasReasoning, callsTool, understood, error, malformed };
  }

  /** Reads one event of a stream. `type` is the event's name. */
  readEvent(data: string, type: string | undefined): void {
    if (this.over) return;
    if (type === 'error') {
      this.readErrorEvent(data);
      return;
    }
    const repeated = this.repeated.read(data);
    if (repeated === undefined) this.readData(data);
    else this.addDelta(repeated.kind, repeated.text);
  }

  /** Reads a reply that came in one piece although a stream was asked for. Returns false when it is no JSON. */
  readWhole(text: string): boolean {
    const value = parse(text);
    if (value !== undefined) {
      this.readChunk(readChunk(value));
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
    this.thinkTags.end();
    this.over = true;
    if (this.usage !== undefined) this.parts.add({ kind: 'usage', usage: this.usage });
    this.usage = undefined;
  }

  private readData(data: string): void {
    const trimmed = data.trim();
    if (trimmed === '') return;
    if (trimmed === '[DONE]') {
      this.done = true;
      this.over = true;
      return;
    }
    const value = parse(trimmed);
    if (typeof value === 'string') {
      this.readUnparsable(value);
      return;
    }
    if (value !== undefined) {
      const chunk = readChunk(value);
      this.readChunk(chunk);
      if (saysOnlyText(chunk)) this.repeated.learn(data);
      return;
    }
    // Two events with no blank line between them arrive as one.
    const lines = trimmed.split('\n');
    if (lines.length > 1) for (const line of lines) if (!this.isOver()) this.readData(line);
    if (lines.length === 1) this.readUnparsable(trimmed);
  }

  /** What is no JSON is an error's text, or half of a chunk. Which, shows when the reply ends. */
  private readUnparsable(text: string): void {
    this.malformed ??= text;
    if (/^[{[]/.test(text)) this.over = true;
  }

  private readErrorEvent(data: string): void {
    const value = parse(data.trim());
    const text = typeof value === 'string' ? value : data;
    this.error = findReplyError(value) ?? findReplyError({ error: value }) ?? replyErrorFrom(text);
    this.over = true;
  }

  private readChunk(chunk: Chunk): void {
    this.understood = true;
    if (chunk.model !== undefined && !this.namedModel) {
      this.namedModel = true;
      this.parts.add({ kind: 'served-model', modelId: chunk.model });
    }
    if (chunk.usage !== undefined) this.usage = { ...this.usage, ...chunk.usage };
    // The message at the end of some streams repeats what the deltas said.
    if (!chunk.isMessage || !this.hasDeltaText) {
      if (chunk.reasoning !== '') this.addText('reasoning', chunk.reasoning);
      if (chunk.text !== '') this.addText('text', chunk.text);
      this.hasDeltaText ||= chunk.text !== '' && !chunk.isMessage;
    }
    if (chunk.callsTool) {
      this.callsTool = true;
      this.progress += 1;
    }
    if (chunk.error !== undefined) {
      // A complete answer stays complete, whatever the gateway complains of afterwards.
      if (this.finishReason === null) this.error = chunk.error;
      this.over = true;
    } else if (chunk.finishReason !== undefined) {
      this.finishReason = chunk.finishReason;
      this.progress += 1;
    }
  }

  private addDelta(kind: 'text' | 'reasoning', text: string): void {
    if (kind === 'text') this.hasDeltaText = true;
    this.addText(kind, text);
  }

  private addText(kind: 'text' | 'reasoning', text: string): void {
    this.progress += 1;
    if (kind === 'text') {
      this.thinkTags.feed(text);
    } else {
      this.hasReasoning = true;
      this.parts.addText('reasoning', text);
    }
  }

  /** `over`, read anew: the compiler does not know that reading a line may set it. */
  private isOver(): boolean {
    return this.over;
  }
}

function saysOnlyText(chunk: Chunk): boolean {
  return (
    (chunk.text === '') !== (chunk.reasoning === '') &&
    !chunk.isMessage &&
    chunk.finishReason === undefined &&
    chunk.usage === undefined &&
    !chunk.callsTool &&
    chunk.error === undefined
  );
}

/** The parsed text; undefined when it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.includes('\0') ? parse(text.replaceAll('\0', '')) : undefined;
  }
}
