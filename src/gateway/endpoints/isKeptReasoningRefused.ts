/** An unsupported parameter: the reasoning of earlier answers, which the endpoint does not accept back. */
export const keptReasoningForm = 'kept reasoning';

/**
 * True if an error refuses reasoning that was sent back. Gateways with several accounts route a chat to another account, which
 * cannot read the reasoning of the first one.
 */
export function isKeptReasoningRefused(words: string): boolean {
  return /(?:invalid|could not|cannot|failed|mismatch|not match|unable|must remain|cannot be modified)[^]{0,200}(?:signature|encrypted[_ ]content|thinking)|(?:signature|encrypted[_ ]content|thinking.{0,10}blocks?)[^]{0,200}(?:invalid|could not|cannot|failed|mismatch|not match|unable|must remain)|invalid_encrypted_content|expected .{0,3}thinking|item .{0,80}(?:of type .{0,3}reasoning|not found)/i.test(
    words.slice(0, 4_000),
  );
}
