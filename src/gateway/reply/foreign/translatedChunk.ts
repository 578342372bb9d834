import type { ReplyObject } from '../../json/replyObject';

/** A chunk in a foreign format, translated into a chunk of Chat Completions. */
export interface TranslatedChunk {
  readonly reply: ReplyObject;
  /** True if the chunk ends the reply. */
  readonly isOver: boolean;
}

/** Wraps a chunk that does not end the reply. */
export function notOver(reply: ReplyObject): TranslatedChunk {
  return { reply, isOver: false };
}

/** A chunk with one choice and this delta. */
export function deltaChunk(delta: ReplyObject, more: ReplyObject = {}): ReplyObject {
  return { ...more, choices: [{ index: 0, delta }] };
}
