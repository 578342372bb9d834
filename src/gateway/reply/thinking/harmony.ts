/** Receives the content of harmony messages. */
interface HarmonySink {
  emit(kind: 'text' | 'reasoning', text: string): void;
  /** A tool call with its complete arguments. */
  call(name: string, args: string): void;
}

/** The special tokens of harmony. */
const mark = /<\|(start|channel|message|constrain|end|return|call)\|>/;
const partialMark = /<(?:\|(?:[a-z]{0,10}\|?)?)?$/;

/** The beginning of an answer in harmony. A word comes first if the prompt ended with the token before it. */
const opening =
  /^\s{0,1000}(?:assistant|analysis|commentary|final)?\s{0,3}<\|(?:start|channel|message|constrain)\|>/;

/** A longer text is not a header, in UTF-16 code units. */
const longestHeader = 400;

/** True if an answer with this beginning is in harmony. */
export function isHarmony(text: string): boolean {
  return opening.test(text);
}

/**
 * Reads harmony, the format of gpt-oss, if a server does not decode it. `<|channel|>analysis<|message|>…<|end|>` is reasoning,
 * `commentary to=functions.NAME` is a tool call, all other messages are text. The result does not depend on how the text is
 * split. Source: OpenAI's "OpenAI Harmony Response Format".
 */
export class Harmony {
  private held = '';
  private header = '';
  /** The header with its tokens, in case it is not a header. */
  private raw = '';
  private hasBody: boolean;
  private readonly args: string[] = [];

  /** @param mode `body` if the tokens before the text of the answer have already been read. */
  constructor(
    private readonly sink: HarmonySink,
    private mode: 'header' | 'body' | 'between' = 'header',
  ) {
    this.hasBody = mode === 'body';
  }

  /** Adds text. */
  feed(text: string): void {
    this.held += text;
    for (let match = mark.exec(this.held); match !== null; match = mark.exec(this.held)) {
      this.take(this.held.slice(0, match.index));
      this.held = this.held.slice(match.index + match[0].length);
      this.turn(match[1] ?? '', match[0]);
    }
    const end = partialMark.exec(this.held)?.index ?? this.held.length;
    this.take(this.held.slice(0, end));
    this.held = this.held.slice(end);
  }

  /** Ends the text. */
  end(): void {
    this.take(this.held);
    this.held = '';
    if (this.mode === 'header' && !this.hasBody && this.raw !== '') this.sink.emit('text', this.raw);
    this.closeCall();
  }

  private turn(name: string, whole: string): void {
    if (name === 'message') {
      this.mode = 'body';
      this.hasBody = true;
      return;
    }
    if (this.mode === 'body') this.closeCall();
    if (this.mode !== 'header') {
      this.header = '';
      this.raw = '';
    }
    this.mode = name === 'end' || name === 'return' || name === 'call' ? 'between' : 'header';
    // A space, so that the words before and after a token are not joined.
    this.header += ' ';
    this.raw += whole;
  }

  private take(text: string): void {
    if (text === '') return;
    if (this.mode === 'between') {
      const rest = text.trimStart();
      if (rest === '') return;
      // Text without a header is part of the answer.
      this.mode = 'body';
      this.header = '';
      this.raw = '';
      this.sink.emit('text', rest);
      return;
    }
    if (this.mode === 'header') {
      this.header += text;
      this.raw += text;
      if (this.header.length <= longestHeader) return;
      // Too long for a header, so it is text.
      this.mode = 'body';
      this.hasBody = true;
      this.header = '';
      this.sink.emit('text', this.raw);
      return;
    }
    if (this.recipient !== undefined) this.args.push(text);
    else this.sink.emit(/\banalysis\b/.test(this.header) ? 'reasoning' : 'text', text);
  }

  /** The tool that the message is for; undefined if it is for the user. */
  private get recipient(): string | undefined {
    return /\bto=([\w.-]{1,100})/.exec(this.header)?.[1];
  }

  private closeCall(): void {
    const { recipient } = this;
    if (recipient !== undefined && this.args.length > 0) {
      this.sink.call(recipient.replace(/^functions\./, ''), this.args.join(''));
    }
    this.args.length = 0;
  }
}
