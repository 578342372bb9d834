import { createParser, type EventSourceParser } from 'eventsource-parser';

/** Limits of what a reply may hold in one piece, in characters. */
export interface ReplyLimits {
  /** One event of a stream. */
  readonly event: number;
  /** A reply that is not a stream. */
  readonly whole: number;
}

/** Far above any event with an image in it, far below what would hurt. */
export const defaultReplyLimits: ReplyLimits = { event: 16_000_000, whole: 32_000_000 };

/** What a body turned out to be, by its first characters. */
export type ReplyForm = 'unknown' | 'events' | 'json' | 'html' | 'other';

/** Takes what is in a body. */
export interface ReplyBodySink {
  /** One event's data; `type` is the event's name, undefined for an ordinary one. */
  onEvent(data: string, type: string | undefined): void;
  /** A piece exceeds its limit. Nothing more comes. */
  onTooLarge(): void;
}

const firstOfEvents = /^(?:data|event|id|retry)?:|^(?:data|event|id|retry)[\r\n]/;
const longestFirst = 'retry:'.length;
/** What the parser's buffer holds besides an event's data. */
const fieldNameAllowance = 64;

/**
 * Reads a body of bytes into events. Content-Type is not asked: gateways label streams as JSON and
 * the reverse. A body that is not a stream is collected in `text`. The outcome does not depend on
 * how the bytes are split.
 */
export class ReplyBody {
  /** What the body is, as far as it is known. */
  form: ReplyForm = 'unknown';
  private readonly decoder = new TextDecoder();
  private readonly parser: EventSourceParser;
  private collected: string[] = [];
  private collectedLength = 0;
  private overflowed = false;

  constructor(
    private readonly sink: ReplyBodySink,
    private readonly limits: ReplyLimits = defaultReplyLimits,
  ) {
    this.parser = createParser({
      maxBufferSize: limits.event + fieldNameAllowance,
      onEvent: ({ data, event }) => {
        // The parser measures only what it has to keep, which depends on how the bytes are split.
        if (data.length > limits.event) this.overflow();
        else if (!this.overflowed) sink.onEvent(data, event);
      },
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') this.overflow();
      },
    });
  }

  /** All of a body that is not a stream of events, without the byte order mark. */
  get text(): string {
    return this.collected.join('');
  }

  feed(bytes: Uint8Array): void {
    this.feedText(this.decoder.decode(bytes, { stream: true }));
  }

  /** The body is over. An event that lacks its blank line is still an event (the parser would drop it). */
  end(): void {
    this.feedText(this.decoder.decode());
    if (this.form === 'unknown') this.decideForm(true);
    if (this.form === 'events' && !this.overflowed) this.parser.feed('\n\n');
  }

  private feedText(text: string): void {
    if (text === '' || this.overflowed) return;
    if (this.form === 'events') {
      this.parser.feed(text);
      return;
    }
    this.collected.push(text);
    this.collectedLength += text.length;
    if (this.form === 'unknown') this.decideForm(false);
    if (this.collectedLength > this.limits.whole) this.overflow();
  }

  private decideForm(isWhole: boolean): void {
    const text = this.text.trimStart();
    this.collected = [text];
    this.collectedLength = text.length;
    if (text === '') return;
    this.form = formOf(text, isWhole);
    if (this.form !== 'events') return;
    this.collected = [];
    this.parser.feed(text);
  }

  private overflow(): void {
    if (this.overflowed) return;
    this.overflowed = true;
    this.collected = [];
    this.sink.onTooLarge();
  }
}

function formOf(text: string, isWhole: boolean): ReplyForm {
  if (/^[{["]/.test(text)) return 'json';
  if (text.startsWith('<')) return 'html';
  if (firstOfEvents.test(text)) return 'events';
  return isWhole || text.length >= longestFirst ? 'other' : 'unknown';
}
