import type { Media } from './media';
import type { Source } from './source';
import type { ToolCall } from './toolCall';
import type { ToolCallState } from './toolCallState';

/** Text of an answer, or the model's reasoning. `text` grows while the part is streamed. */
export interface TextPart {
  readonly kind: 'text' | 'reasoning';
  text: string;
  /** When its first delta arrived, in milliseconds since the epoch. */
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

/** The pages that the text cites. An answer has at most one such part, and it is the last part. */
interface SourcesPart {
  readonly kind: 'sources';
  readonly sources: Source[];
  readonly at: number;
}

/**
 * One part of an answer. An answer is a list of parts in the order in which they arrived. `reduce` builds the list. It changes
 * parts in place, because an answer consists of thousands of events.
 */
export type AnswerPart = TextPart | MediaPart | ToolCallPart | SourcesPart;

/** The part of an answer that the functions below need. */
interface Answer {
  readonly parts: readonly AnswerPart[];
}

/** After so many parts, text is appended to the last part of its kind, so that a hostile reply cannot make a million parts. */
const mostParts = 500;
/** Longer blank text, in UTF-16 units, counts as content. */
const longestBlank = 200;

/**
 * The index of the part to which text of this kind is appended; -1 when it begins a new part. Blank text between two pieces of
 * reasoning, or blank reasoning between two pieces of text, does not separate them.
 */
export function growingPart(parts: readonly AnswerPart[], kind: TextPart['kind']): number {
  const last = parts.length - (parts.at(-1)?.kind === 'sources' ? 2 : 1);
  const part = parts[last];
  if (part === undefined || part.kind === kind) return last;
  if (isBlank(part) && parts[last - 1]?.kind === kind) return last - 1;
  return last + 1 < mostParts ? -1 : parts.findLastIndex((candidate) => candidate.kind === kind);
}

/** True for text or reasoning that consists of white space. */
export function isBlank(part: AnswerPart): boolean {
  return (
    (part.kind === 'text' || part.kind === 'reasoning') &&
    part.text.length <= longestBlank &&
    !/\S/.test(part.text)
  );
}

/**
 * The whole text of an answer. A blank line replaces a picture or a tool call between two parts, and reasoning after a complete
 * sentence.
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
  // Reasoning may interrupt a sentence or even a word.
  const isDivided = divider.kind !== 'reasoning' || /[.!?:。！？：…]$/.test(before);
  return isDivided && !/\s$/.test(before) && !/^\s/.test(after) ? `${before}\n\n${after}` : before + after;
}

/** All reasoning of an answer, in one text. */
export function answerReasoning({ parts }: Answer): string {
  let whole = '';
  for (const part of parts) if (part.kind === 'reasoning') whole += part.text;
  return whole;
}

/** The pictures, sounds and videos of an answer, in the order in which they arrived. */
export function answerMedia({ parts }: Answer): Media[] {
  return parts.flatMap((part) => (part.kind === 'media' ? [part.media] : []));
}

/** The pages that an answer cites. */
export function answerSources({ parts }: Answer): readonly Source[] {
  const last = parts.at(-1);
  return last?.kind === 'sources' ? last.sources : [];
}

/** The tool calls of an answer, in order. One that is still being written is not complete. */
export function answerToolCalls({ parts }: Answer): ToolCall[] {
  return parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call] : []));
}
