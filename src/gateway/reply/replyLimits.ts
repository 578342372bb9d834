/**
 * How much of one reply is taken, so that no gateway can fill the memory or keep the extension host busy for ever. What came
 * up to a limit stays.
 */
export interface ReplyLimits {
  /** One event of a stream, in characters. */
  readonly event: number;
  /** A reply that is not a stream, in characters. */
  readonly whole: number;
  /** A whole answer: its text and reasoning in characters, and whatever else brings it forward as it came. */
  readonly answer: number;
  /** What comes without bringing the answer forward, in bytes: heartbeats, blanks, half of an event. */
  readonly idle: number;
}

/** Far above any answer and any event with an image in it, far below what would hurt. */
export const defaultReplyLimits: ReplyLimits = {
  event: 16_000_000,
  whole: 32_000_000,
  answer: 128_000_000,
  // An event or a whole reply of the largest size, at four bytes a character.
  idle: 128_000_000,
};
