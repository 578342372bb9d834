/** A cut at a line's end may give up this share of what fits; a longer line is cut within. */
const mostGivenUp = 0.1;

/**
 * The beginning of a text that fits. The cut falls at a line's end, unless a long line would be lost by that: then it falls
 * within the line, though never within a character.
 *
 * @param limit In UTF-16 units.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const lineEnd = text.lastIndexOf('\n', limit - 1);
  if (lineEnd >= limit * (1 - mostGivenUp)) return text.slice(0, lineEnd);
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1));
  return text.slice(0, splitsPair ? limit - 1 : limit);
}
