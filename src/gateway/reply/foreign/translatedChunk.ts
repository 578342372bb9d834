import type { ReplyObject } from '../../json/replyObject';

/** A piece of an answer in another format, in the words of a chat chunk. */
export interface TranslatedChunk {
  readonly reply: ReplyObject;
  /** True when the reply is complete. */
  readonly isOver: boolean;
}

/** Wraps a piece of a reply that is not its end. */
export function notOver(reply: ReplyObject): TranslatedChunk {
  return { reply, isOver: false };
}

/** A chunk of one choice with this delta. */
export function deltaChunk(delta: ReplyObject, more: ReplyObject = {}): ReplyObject {
  return { ...more, choices: [{ index: 0, delta }] };
}
