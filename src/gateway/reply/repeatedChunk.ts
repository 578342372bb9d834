import { parseReply } from '../json/parseReply';
import { kindOfCharacters } from './thinking/kindOfCharacters';
import { readChunk, type Chunk, type ChunkChoice } from './chunk';

/** A text that no gateway sends, to find out how `readChunk` reads the text of a chunk. */
const probe = '\u2063parley\u2063';

/** The JSON before the text of a chunk. */
const openings = [
  '"content":"',
  '"reasoning_content":"',
  '"reasoning":"',
  '"reasoning_text":"',
  '"thinking":"',
  '"text":"',
  '"delta":"',
];

/** Before random letters that OpenAI adds to each chunk, so that its size does not reveal the length of its text. */
const paddingOpening = '"obfuscation":"';

/** After this many chunks in a row that differ from the previous one, the comparison stops. */
const patience = 8;

/** The text of a chunk that differs from the previous one only in its text. */
interface RepeatedText {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
  /** The index of the answer. */
  readonly choice: number;
  /** True if the text was read and has no character of a reasoning mark, code or a line end (see `kindOfCharacters`). */
  readonly isOrdinary: boolean;
}

/**
 * Reads a chunk without parsing it if it differs from the previous chunk only in its text, as most chunks of a stream do. The
 * result is exactly that of `readChunk`, or undefined.
 */
export class RepeatedChunk {
  private prefix = '';
  /** The JSON between the text and the padding; '' if there is no padding. */
  private middle = '';
  private suffix = '';
  private kind: 'text' | 'reasoning' | undefined;
  private choice = 0;
  private misses = 0;

  /** The text of `data`; undefined if it must be parsed. */
  read(data: string): RepeatedText | undefined {
    if (this.kind === undefined) return undefined;
    const start = this.prefix.length;
    const end = this.endOfText(data);
    // Comparing slices takes a third of the time of startsWith and endsWith.
    if (end <= start || data.slice(0, start) !== this.prefix) {
      this.misses += 1;
      return undefined;
    }
    const body = data.slice(start, end);
    const characters = kindOfCharacters(body);
    const text = characters === 'escaped' ? readStringBody(body) : body;
    if (text === undefined) return undefined;
    this.misses = 0;
    return { kind: this.kind, text, choice: this.choice, isOrdinary: characters === 'ordinary' };
  }

  /** Stores the JSON around the text of a chunk that has only text of one kind. */
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

  /** Splits the JSON after the text at the padding, if there is any. */
  private learnEnd(rest: string): void {
    const padding = rest.indexOf(paddingOpening) + paddingOpening.length;
    const end = padding < paddingOpening.length ? -1 : rest.indexOf('"', padding);
    this.middle = end === -1 ? '' : rest.slice(0, padding);
    this.suffix = end === -1 ? rest : rest.slice(end);
  }

  /** The end of the text in `data`; -1 if the JSON after it differs from the previous chunk. */
  private endOfText(data: string): number {
    const end = data.length - this.suffix.length;
    if (end < 0 || data.slice(end) !== this.suffix) return -1;
    if (this.middle === '') return end;
    const middle = data.lastIndexOf(this.middle, end);
    const padding = middle + this.middle.length;
    return middle !== -1 && padding <= end && kindOfCharacters(data.slice(padding, end)) !== 'escaped'
      ? middle
      : -1;
  }

  /** Replaces the text by the probe and lets `readChunk` decide what kind of text it is. */
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
 * The choice of a chunk that has only text or reasoning of one choice; otherwise undefined. The chunk may also have sources:
 * if the next chunk differs only in its text, it has the same sources.
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
    choice.details.length > 0 ||
    choice.media.length > 0 ||
    choice.sound !== undefined ||
    choice.tokens.length > 0;
  return saysMore ? undefined : choice;
}

/** Decodes the characters between the quotes of a JSON string. Undefined if they are not valid. */
function readStringBody(body: string): string | undefined {
  const value = parseReply(`"${body}"`);
  return typeof value === 'string' ? value : undefined;
}
