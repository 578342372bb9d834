import { readChunk, type Chunk, type ChunkChoice } from './chunk';

/** A string that no gateway sends, to find out where a chunk's text ends up. */
const probe = '\u2063parley\u2063';

/** Where the text of a chunk may stand. */
const openings = ['"content":"', '"reasoning_content":"', '"reasoning":"'];

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
  private suffix = '';
  private kind: 'text' | 'reasoning' | undefined;
  private choice = 0;
  private misses = 0;

  /** The text of `data`; undefined when it must be parsed. */
  read(data: string): RepeatedText | undefined {
    if (this.kind === undefined) return undefined;
    const start = this.prefix.length;
    const end = data.length - this.suffix.length;
    // Comparing slices costs a third of startsWith and endsWith.
    if (end <= start || data.slice(0, start) !== this.prefix || data.slice(end) !== this.suffix) {
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
      this.suffix = data.slice(end);
      this.kind = this.kindOfText();
      if (this.kind !== undefined) return;
    }
  }

  /** Puts the probe where the text was and lets the real reader say what becomes of it. */
  private kindOfText(): 'text' | 'reasoning' | undefined {
    const chunk = readChunk(parseOrUndefined(this.prefix + probe + this.suffix));
    const choice = onlyChoice(chunk);
    if (choice === undefined) return undefined;
    this.choice = choice.index;
    if (choice.text === probe && choice.reasoning === '') return 'text';
    return choice.reasoning === probe && choice.text === '' ? 'reasoning' : undefined;
  }
}

/** The choice of a chunk that says nothing but some text or reasoning of one choice. */
export function onlyChoice(chunk: Chunk): ChunkChoice | undefined {
  const [choice] = chunk.choices;
  const saysMore =
    choice === undefined ||
    chunk.choices.length > 1 ||
    chunk.error !== undefined ||
    chunk.usage !== undefined ||
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
  // eslint-disable-next-line no-control-regex -- JSON forbids these unescaped
  if (!/["\\\u0000-\u001f]/.test(body)) return body;
  const value = parseOrUndefined(`"${body}"`);
  return typeof value === 'string' ? value : undefined;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the caller's chunk is read the ordinary way, which reports it.
    return undefined;
  }
}
