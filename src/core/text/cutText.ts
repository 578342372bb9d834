/** To end at a line's end, a cut gives up at most this share of the limit. */
const mostGivenUp = 0.1;

/**
 * The beginning of a text, at most `limit` long. It ends at a line's end, or inside the line when a whole line would cost
 * more than a tenth of the limit. It never ends inside a surrogate pair.
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
