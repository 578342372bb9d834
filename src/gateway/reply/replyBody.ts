import { createParser, type EventSourceParser } from 'eventsource-parser';
import { TextEnd } from '../../core/text/textEnd';
import { defaultReplyLimits, type ReplyLimits } from './replyLimits';

/** The format of a body, which its first characters show. */
export type ReplyForm = 'unknown' | 'events' | 'json' | 'html' | 'other';

/** Receives the content of a body. */
interface ReplyBodySink {
  /** The data of one event. `type` is its `event:` field; undefined if it has none. */
  onEvent(data: string, type: string | undefined): void;
  /** The body exceeds a limit. No callback follows. */
  onTooLarge(): void;
}

const firstOfEvents = /^(?:data|event|id|retry)?:|^(?:data|event|id|retry)[\r\n]/;
const longestFirst = 'retry:'.length;
/** The size of the parser's buffer for field names, in addition to the data of an event; in characters. */
const fieldNameAllowance = 64;
const newline = 0x0a;
/** How much of the end of a stream is kept, in characters. */
const longestTail = 1_000;
/** Up to this length, in characters, joining a text with the start of its first line is faster than feeding it in two pieces. */
const longestJoined = 4_096;
/** After this many pieces of text, they are joined, because short strings need many times the memory of their text. */
const mostPieces = 1_024;

/**
 * Reads the bytes of a body as events (WHATWG HTML, "Server-sent events", section 9.2.6). Ignores Content-Type, because some
 * gateways label streams as JSON or JSON as a stream. Collects a body that is not a stream in `text`. The result does not
 * depend on how the bytes are split.
 */
export class ReplyBody {
  /** The format of the body; `unknown` until enough characters have arrived. */
  form: ReplyForm = 'unknown';
  private readonly decoder = new TextDecoder();
  private readonly parser: EventSourceParser;
  /** The joined text; the pieces in `loose` follow it. */
  private collected: string[] = [];
  private loose: string[] = [];
  private collectedLength = 0;
  private overflowed = false;
  /** True if the last line so far is incomplete. */
  private endsInLine = false;
  private readonly streamEnd = new TextEnd(longestTail);

  constructor(
    private readonly sink: ReplyBodySink,
    private readonly limits: Pick<ReplyLimits, 'event' | 'whole'> = defaultReplyLimits,
  ) {
    this.parser = createParser({
      maxBufferSize: limits.event + fieldNameAllowance,
      onEvent: ({ data, event }) => {
        // The parser limits only its buffer, whose size depends on how the bytes are split.
        if (data.length > limits.event) this.overflow();
        else if (!this.overflowed) sink.onEvent(data, event);
      },
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') this.overflow();
      },
    });
  }

  /** The whole body if it is not a stream, without the byte order mark. */
  get text(): string {
    return [...this.collected, ...this.loose].join('');
  }

  /**
   * The last line of a stream if it is not a field of an event but text, in which a proxy says why it closed the stream.
   * Otherwise undefined. The parser cannot be used for this: it reports such lines or not, depending on how the bytes are split.
   */
  get strayWords(): string | undefined {
    if (this.form !== 'events') return undefined;
    const tail = this.streamEnd.last();
    const lines = tail.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    const last = lines.at(-1)?.replace(/^\ufeff/, '') ?? '';
    const isWhole = lines.length > 1 || tail.length < longestTail;
    return isWhole && /^\p{L}\S*\s/u.test(last) && !firstOfEvents.test(last) ? last : undefined;
  }

  /** Adds bytes of the body, and calls `onEvent` for each event that is now complete. */
  feed(bytes: Uint8Array): void {
    this.feedText(this.decoder.decode(bytes, { stream: true }));
  }

  /** Ends the body. An event without a blank line after it still counts, although the parser would drop it. */
  end(): void {
    this.feedText(this.decoder.decode());
    if (this.form === 'unknown') this.decideForm(true);
    if (this.form === 'events' && !this.overflowed) this.parser.feed('\n\n');
  }

  private feedText(text: string): void {
    if (text === '' || this.overflowed) return;
    if (this.form === 'events') {
      this.feedParser(text);
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
    this.feedParser(text);
  }

  /**
   * Feeds the end of an incomplete line alone. Otherwise the parser copies all of the text, because it joins it with the start
   * of that line.
   */
  private feedParser(text: string): void {
    this.streamEnd.add(text);
    let end = this.endsInLine && text.length > longestJoined ? text.indexOf('\n') + 1 : 0;
    if (end > 0 && text[end] === '\n') end += 1;
    this.endsInLine = text.charCodeAt(text.length - 1) !== newline;
    if (end > 0) this.parser.feed(text.slice(0, end));
    if (end < text.length && !this.overflowed) this.parser.feed(end === 0 ? text : text.slice(end));
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
