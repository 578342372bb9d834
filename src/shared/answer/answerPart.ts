import type { Media } from './media';
import type { Source } from './source';
import type { ToolCall } from './toolCall';
import type { ToolCallState } from './toolCallState';

/** Words of an answer, or of the model's thoughts; `text` grows while the part is written. */
export interface TextPart {
  readonly kind: 'text' | 'reasoning';
  text: string;
  /** When its first piece came, in milliseconds since the epoch. */
  readonly at: number;
}

/** A picture, a sound or a video. */
interface MediaPart {
  readonly kind: 'media';
  readonly media: Media;
  readonly at: number;
}

/** A tool call. Its name and arguments grow while its state is `writing`. */
export interface ToolCallPart {
  readonly kind: 'tool-call';
  readonly call: ToolCall;
  state: ToolCallState;
  /** Which call of the reply it is, counted from 0; null once the call is whole. */
  readonly index: number | null;
  readonly at: number;
}

/** The pages that the text refers to. An answer has at most one such part, and it is the last one. */
interface SourcesPart {
  readonly kind: 'sources';
  readonly sources: Source[];
  readonly at: number;
}

/**
 * One part of an answer. An answer is a list of parts in the order in which they came. `reduce` builds the list; it
 * changes parts in place, because an answer is thousands of events.
 */
export type AnswerPart = TextPart | MediaPart | ToolCallPart | SourcesPart;

/** What the functions below need of an answer. */
interface Answer {
  readonly parts: readonly AnswerPart[];
}

/** After so many parts, text joins the last part of its kind: a reply that switches a million times must not make as many parts. */
const mostParts = 500;
/** Blank text that is longer than this counts as words, in UTF-16 units. */
const longestBlank = 200;

/**
 * The index of the part that more text of this kind makes longer; -1 when it begins a new part. Blank text between two
 * pieces of reasoning, or blank reasoning between two pieces of text, does not divide them.
 */
export function growingPart(parts: readonly AnswerPart[], kind: TextPart['kind']): number {
  const last = parts.length - (parts.at(-1)?.kind === 'sources' ? 2 : 1);
  const part = parts[last];
  if (part === undefined || part.kind === kind) return last;
  if (isBlank(part) && parts[last - 1]?.kind === kind) return last - 1;
  return last + 1 < mostParts ? -1 : parts.findLastIndex((candidate) => candidate.kind === kind);
}

/** True for a part of text or reasoning in which there is nothing to read. */
export function isBlank(part: AnswerPart): boolean {
  return (
    (part.kind === 'text' || part.kind === 'reasoning') &&
    part.text.length <= longestBlank &&
    !/\S/.test(part.text)
  );
}

/**
 * The whole text of an answer. Where a picture, a call or a finished sentence and a thought divide two parts of it, a blank
 * line does so here.
 */
export function answerText({ parts }: Answer): string {
  let whole = '';
  let divider: AnswerPart | undefined;
  for (const part of parts) {
    if (part.kind !== 'text') {
      if (part.kind !== 'sources' && !isBlank(part)) divider = part;
      continue;
    }
    whole = whole === '' || divider === undefined ? whole + part.text : joined(whole, divider, part.text);
    divider = undefined;
  }
  return whole;
}

function joined(before: string, divider: AnswerPart, after: string): string {
  // A thought may interrupt a sentence, or even a word, which goes on after it.
  const isDivided = divider.kind !== 'reasoning' || /[.!?:。！？：…]$/.test(before);
  return isDivided && !/\s$/.test(before) && !/^\s/.test(after) ? `${before}\n\n${after}` : before + after;
}

/** All reasoning of an answer, in one text. */
export function answerReasoning({ parts }: Answer): string {
  let whole = '';
  for (const part of parts) if (part.kind === 'reasoning') whole += part.text;
  return whole;
}

/** The pictures, sounds and videos of an answer, in the order in which they came. */
export function answerMedia({ parts }: Answer): Media[] {
  return parts.flatMap((part) => (part.kind === 'media' ? [part.media] : []));
}

/** The pages that an answer refers to. */
export function answerSources({ parts }: Answer): readonly Source[] {
  const last = parts.at(-1);
  return last?.kind === 'sources' ? last.sources : [];
}

/** The tool calls of an answer, in order. One that is still being written is not complete. */
export function answerToolCalls({ parts }: Answer): ToolCall[] {
  return parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call] : []));
}
