/** Finish reasons of a complete answer, in their plain form. */
const plain =
  /^(?:|stop|stopped|end|ended|end_?turn|eo[smt]|eos_?(?:token|found)|stop_?(?:sequence|token|word|str|string|limit)|im_end|complete|completed|completion|done|finish|finished|success|succeeded|normal|natural|ok|null|none|nil|unspecified|tool_?(?:calls?|uses?)|function_?calls?|正常|完成|结束)$/;

/** The plain form of a finish reason: `FINISH_REASON_MAX_TOKENS` and `max-tokens` become `max_tokens`. */
export function plainReason(reason: string): string {
  return reason
    .slice(0, 200)
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^finish_?reason_?/, '');
}

/** True for a finish reason of a complete answer or tool call, and for null. */
export function isPlainStop(reason: string | null): boolean {
  return reason === null || plain.test(plainReason(reason));
}
