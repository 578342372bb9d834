/** Takes what the splitter made of the text. */
export type ThinkTagsSink = (kind: 'text' | 'reasoning', text: string) => void;

/** Blank lines before the first word, in characters, after which no tag is waited for. */
const longestBlank = 1_000;

const opening = /^\s*<(think|thinking|thought)>/;
/** All beginnings of an answer that may still become an opening tag. */
const mayOpen = /^\s*(?:<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?|o(?:u(?:g(?:h(?:t)?)?)?)?)?)?)?)?$/;

/**
 * Parts reasoning from text where a model writes both into its answer: `<think>…</think>` at the
 * answer's beginning, split over chunks in any way. Anywhere else such a tag is text: an answer
 * may well talk about it.
 */
export class ThinkTags {
  private state: 'beginning' | 'thinking' | 'after' | 'text' = 'beginning';
  /** Text that cannot be told yet. */
  private held = '';
  private closing = '';

  constructor(private readonly emit: ThinkTagsSink) {}

  /** Takes the next piece of the answer's content. */
  feed(text: string): void {
    if (this.state === 'text') {
      this.emit('text', text);
      return;
    }
    this.held += text;
    if (this.state === 'beginning') this.begin();
    if (this.state === 'thinking') this.think();
    if (this.state === 'after') this.beginText();
  }

  /** The content is over: what was held back is what it looks like. */
  end(): void {
    const held = this.held;
    this.held = '';
    if (held === '' || this.state === 'after') return;
    this.emit(this.state === 'thinking' ? 'reasoning' : 'text', held);
  }

  private begin(): void {
    const tag = opening.exec(this.held);
    if (tag !== null) {
      this.state = 'thinking';
      this.closing = `</${tag[1] ?? ''}>`;
      this.held = this.held.slice(tag[0].length);
    } else if (this.held.length > longestBlank || !mayOpen.test(this.held)) {
      this.state = 'text';
      this.release('text', this.held.length);
    }
  }

  private think(): void {
    const end = this.held.indexOf(this.closing);
    if (end === -1) {
      this.release('reasoning', this.held.length - lengthOfPartialEnd(this.held, this.closing));
      return;
    }
    this.release('reasoning', end);
    this.held = this.held.slice(this.closing.length);
    this.state = 'after';
  }

  /** The blank lines between reasoning and answer belong to neither. */
  private beginText(): void {
    this.held = this.held.trimStart();
    if (this.held === '') return;
    this.state = 'text';
    this.release('text', this.held.length);
  }

  private release(kind: 'text' | 'reasoning', length: number): void {
    const text = this.held.slice(0, length);
    this.held = this.held.slice(length);
    if (text !== '') this.emit(kind, text);
  }
}

/** How many characters at the end of `text` are the beginning of `tag`. */
function lengthOfPartialEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
