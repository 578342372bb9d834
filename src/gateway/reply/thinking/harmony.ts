/** Takes what harmony's messages hold. */
export interface HarmonySink {
  emit(kind: 'text' | 'reasoning', text: string): void;
  /** A call of a function; its arguments come as one text. */
  call(name: string, args: string): void;
}

/** Harmony's own marks, of which everything else is made. */
const mark = /<\|(start|channel|message|constrain|end|return|call)\|>/;
const partialMark = /<(?:\|(?:[a-z]{0,10}\|?)?)?$/;

/** What an answer in harmony begins with; the words stand alone where the prompt held the marks before them. */
const opening =
  /^\s{0,1000}(?:assistant|analysis|commentary|final)?\s{0,3}<\|(?:start|channel|message|constrain)\|>/;

/** No header is longer, in characters. */
const longestHeader = 400;

/** True when an answer that begins so is written in harmony. */
export function isHarmony(text: string): boolean {
  return opening.test(text);
}

/**
 * Reads harmony, the format of gpt-oss, where a server lets it through: `<|channel|>analysis<|message|>…<|end|>` is
 * reasoning, `commentary to=functions.NAME` a call, everything else text. Takes the text in pieces of any size.
 */
export class Harmony {
  private held = '';
  private header = '';
  /** The header as it came, for when it turns out to be none. */
  private raw = '';
  private hasBody: boolean;
  private readonly args: string[] = [];

  /** @param mode `body` when the marks up to the text of the answer have been read already. */
  constructor(
    private readonly sink: HarmonySink,
    private mode: 'header' | 'body' | 'between' = 'header',
  ) {
    this.hasBody = mode === 'body';
  }

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

  /** The content is over. */
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
    // Names on both sides of a mark must not run together.
    this.header += ' ';
    this.raw += whole;
  }

  private take(text: string): void {
    if (text === '') return;
    if (this.mode === 'between') {
      const rest = text.trimStart();
      if (rest === '') return;
      // Text without a header is for the user.
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
      // It is no header: what came is text.
      this.mode = 'body';
      this.hasBody = true;
      this.header = '';
      this.sink.emit('text', this.raw);
      return;
    }
    if (this.recipient !== undefined) this.args.push(text);
    else this.sink.emit(/\banalysis\b/.test(this.header) ? 'reasoning' : 'text', text);
  }

  /** Who the message is for; undefined when it is for the user. */
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
