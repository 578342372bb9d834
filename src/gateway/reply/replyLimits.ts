/**
 * Size limits of one reply, so that a gateway cannot fill the memory or keep the extension host busy for ever. What arrived
 * before a limit is kept. Characters are UTF-16 code units.
 */
export interface ReplyLimits {
  /** One event of a stream, in characters. */
  readonly event: number;
  /** A reply that is not a stream, in characters. */
  readonly whole: number;
  /** All of an answer, in characters (see `sizeOfChunk`). */
  readonly answer: number;
  /** Bytes without progress of the answer: keep-alives, white space, an incomplete event. */
  readonly idle: number;
}

/** Much larger than any real answer or event with an image, and small enough for the memory. */
export const defaultReplyLimits: ReplyLimits = {
  event: 16_000_000,
  whole: 32_000_000,
  answer: 128_000_000,
  // The largest whole reply, with four bytes per character.
  idle: 128_000_000,
};
