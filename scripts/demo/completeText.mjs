/** How stories go on. */
const ending =
  ', there was a small bird that wrote programs. Every morning it sat down and typed one line more.';

/** A word in quotes after the gap says what belongs into the gap. */
const quoted = /"([\w -]{1,40})"/;

/**
 * Answers a request to `/v1/completions` as a stream: goes on with any text, or fills the gap before a suffix.
 *
 * @param {{ model?: unknown, prompt?: unknown, suffix?: unknown }} body
 * @returns {readonly string[]} The events of the stream, one after the other.
 */
export function completeText({ model, prompt, suffix }) {
  const text = typeof suffix === 'string' ? (quoted.exec(suffix)?.[1] ?? ' ') : ending;
  const pieces = text.match(/ ?[^ ]+| /g) ?? [];
  const tokens = Math.ceil((String(prompt).length + (typeof suffix === 'string' ? suffix.length : 0)) / 4);
  const usage = { prompt_tokens: tokens, completion_tokens: pieces.length };
  const chunks = [
    ...pieces.map((piece) => ({ choices: [{ index: 0, text: piece, finish_reason: null }] })),
    { choices: [{ index: 0, text: '', finish_reason: 'stop' }], usage },
  ];
  return [
    ...chunks.map((chunk) => `data: ${JSON.stringify({ object: 'text_completion', model, ...chunk })}\n\n`),
    'data: [DONE]\n\n',
  ];
}
