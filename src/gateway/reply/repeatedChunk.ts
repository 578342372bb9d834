import { parseReply } from '../json/parseReply';
import { readChunk, type Chunk, type ChunkChoice } from './chunk';

/** A string that no gateway sends, to find out where a chunk's text ends up. */
const probe = '\u2063parley\u2063';

/** Where the text of a chunk may stand. */
const openings = [
  '"content":"',
  '"reasoning_content":"',
  '"reasoning":"',
  '"reasoning_text":"',
  '"thinking":"',
  '"text":"',
  '"delta":"',
];

/**
 * Random letters with which OpenAI hides the length of a chunk's text from who watches the line; new
 * in every chunk, and of no meaning.
 */
const paddingOpening = '"obfuscation":"';

/** After this many chunks in a row that were not like the one before, looking for likeness stops. */
const patience = 8;

/** What a chunk says that differs from the one before in nothing but its text. */
export interface RepeatedText {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
  /** The answer that it belongs to. */
  readonly choice: number;
}

/**
 * Spares parsing of chunks that equal the one before but for the text: most of a stream. What it
 * reads is exactly what parsing would yield, or nothing.
 */
export class RepeatedChunk {
  private prefix = '';
  /** What stands between the text and the padding; empty when there is no padding. */
  private middle = '';
  private suffix = '';
  private kind: 'text' | 'reasoning' | undefined;
  private choice = 0;
  private misses = 0;

  /** The text of `data`; undefined when it must be parsed. */
  read(data: string): RepeatedText | undefined {
    if (this.kind === undefined) return undefined;
    const start = this.prefix.length;
    const end = this.endOfText(data);
    // Comparing slices costs a third of startsWith and endsWith.
    if (end <= start || data.slice(0, start) !== this.prefix) {
      this.misses += 1;
      return undefined;
    }
    const text = readStringBody(data.slice(start, end));
    if (text === undefined) return undefined;
    this.misses = 0;
    return { kind: this.kind, text, choice: this.choice };
  }

  /** Remembers the shape of a chunk that said nothing but text of one kind. */
  learn(data: string): void {
    this.kind = undefined;
    if (this.misses >= patience) return;
    for (const opening of openings) {
      const start = data.indexOf(opening) + opening.length;
      const end = data.indexOf('"', start);
      if (start < opening.length || end === -1 || data[end - 1] === '\\') continue;
      this.prefix = data.slice(0, start);
      this.learnEnd(data.slice(end));
      this.kind = this.kindOfText();
      if (this.kind !== undefined) return;
    }
  }

  /** Takes what follows the text apart at the padding, if there is any. */
  private learnEnd(rest: string): void {
    const padding = rest.indexOf(paddingOpening) + paddingOpening.length;
    const end = padding < paddingOpening.length ? -1 : rest.indexOf('"', padding);
    this.middle = end === -1 ? '' : rest.slice(0, padding);
    this.suffix = end === -1 ? rest : rest.slice(end);
  }

  /** Where the text of `data` ends when it ends like the chunk before; -1 when it does not. */
  private endOfText(data: string): number {
    const end = data.length - this.suffix.length;
    if (end < 0 || data.slice(end) !== this.suffix) return -1;
    if (this.middle === '') return end;
    const middle = data.lastIndexOf(this.middle, end);
    const padding = middle + this.middle.length;
    return middle !== -1 && padding <= end && isPlain(data.slice(padding, end)) ? middle : -1;
  }

  /** Puts the probe where the text was and lets the real reader say what becomes of it. */
  private kindOfText(): 'text' | 'reasoning' | undefined {
    const chunk = readChunk(parseReply(this.prefix + probe + this.middle + this.suffix));
    const choice = onlyChoice(chunk);
    if (choice === undefined) return undefined;
    this.choice = choice.index;
    if (choice.text === probe && choice.reasoning === '') return 'text';
    return choice.reasoning === probe && choice.text === '' ? 'reasoning' : undefined;
  }
}

/**
 * The choice of a chunk that says nothing but some text or reasoning of one choice. Sources may stand beside it: in a
 * chunk that differs in nothing but its text they are the same as before.
 */
export function onlyChoice(chunk: Chunk): ChunkChoice | undefined {
  const [choice] = chunk.choices;
  const saysMore =
    choice === undefined ||
    chunk.choices.length > 1 ||
    chunk.error !== undefined ||
    chunk.usage !== undefined ||
    chunk.progress !== undefined ||
    chunk.isOver ||
    choice.isMessage ||
    choice.finishReason !== undefined ||
    choice.toolCalls.length > 0 ||
    choice.media.length > 0 ||
    choice.sound !== undefined ||
    choice.tokens.length > 0;
  return saysMore ? undefined : choice;
}

/** Decodes what stands between the quotes of a JSON string; undefined when it is no such thing. */
function readStringBody(body: string): string | undefined {
  if (isPlain(body)) return body;
  const value = parseReply(`"${body}"`);
  return typeof value === 'string' ? value : undefined;
}

/** True for text that stands in JSON as it is: from the space on, but neither quote nor backslash (RFC 8259, section 7). */
function isPlain(text: string): boolean {
  return !/[^ !#-[\]-\uffff]/.test(text);
}
