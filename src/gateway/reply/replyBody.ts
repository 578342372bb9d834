import { createParser, type EventSourceParser } from 'eventsource-parser';
import { BodyEnd } from './bodyEnd';
import { defaultReplyLimits, type ReplyLimits } from './replyLimits';

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
/** So much of the end of a stream is kept, in characters. */
const longestTail = 1_000;
/** So many pieces of text become one: a body that comes byte by byte would else weigh many times what it says. */
const mostPieces = 1_024;

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
  /** Whole pieces, then small ones that are not yet joined. */
  private collected: string[] = [];
  private loose: string[] = [];
  private collectedLength = 0;
  private overflowed = false;
  private readonly bodyEnd = new BodyEnd();

  constructor(
    private readonly sink: ReplyBodySink,
    private readonly limits: Pick<ReplyLimits, 'event' | 'whole'> = defaultReplyLimits,
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
    return [...this.collected, ...this.loose].join('');
  }

  /**
   * The last line of a stream where it is no field of an event but words: proxies write so why they closed it. The parser
   * tells of such lines, or does not, depending on how the bytes are split. Undefined when there are none.
   */
  get strayWords(): string | undefined {
    if (this.form !== 'events') return undefined;
    const tail = this.bodyEnd.last(longestTail);
    const lines = tail.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    const last = lines.at(-1)?.replace(/^\ufeff/, '') ?? '';
    const isWhole = lines.length > 1 || tail.length < longestTail;
    return isWhole && /^\p{L}\S*\s/u.test(last) && !firstOfEvents.test(last) ? last : undefined;
  }

  feed(bytes: Uint8Array): void {
    this.bodyEnd.add(bytes);
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
    this.collect(text);
    this.collectedLength += text.length;
    if (this.form === 'unknown') this.decideForm(false);
    if (this.collectedLength > this.limits.whole) this.overflow();
  }

  private decideForm(isWhole: boolean): void {
    const text = this.text.trimStart();
    this.keepOnly(text);
    this.collectedLength = text.length;
    if (text === '') return;
    this.form = formOf(text, isWhole);
    if (this.form !== 'events') return;
    this.keepOnly('');
    this.parser.feed(text);
  }

  private collect(text: string): void {
    this.loose.push(text);
    if (this.loose.length < mostPieces) return;
    this.collected.push(this.loose.join(''));
    this.loose = [];
  }

  private keepOnly(text: string): void {
    this.collected = [];
    this.loose = text === '' ? [] : [text];
  }

  private overflow(): void {
    if (this.overflowed) return;
    this.overflowed = true;
    this.keepOnly('');
    this.sink.onTooLarge();
  }
}

function formOf(text: string, isWhole: boolean): ReplyForm {
  if (/^[{["]/.test(text)) return 'json';
  if (text.startsWith('<')) return 'html';
  if (firstOfEvents.test(text)) return 'events';
  return isWhole || text.length >= longestFirst ? 'other' : 'unknown';
}
