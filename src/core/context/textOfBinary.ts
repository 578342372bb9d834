/** Longest text that is made of a file that is none, in characters: most of it means nothing, and costs tokens all the same. */
export const longestBinaryText = 20_000;

/**
 * What people can read of a file that is no text: whatever else stands in it becomes a `\uFFFD`, one for each stretch.
 *
 * @param decoded Its bytes, taken as UTF-8 without complaint.
 */
export function textOfBinary(decoded: string): { readonly text: string; readonly truncated: boolean } {
  const readable = decoded.replaceAll(/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\uFFFD]+/gu, (stretch) =>
    /^[\t\r\n]+$/.test(stretch) ? stretch : '\uFFFD',
  );
  const truncated = readable.length > longestBinaryText;
  // Half of a pair is no character.
  return { text: readable.slice(0, longestBinaryText).replace(/[\uD800-\uDBFF]$/, ''), truncated };
}
