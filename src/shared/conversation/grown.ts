/** Shorter texts stay as they are, in UTF-16 units. */
const worthGathering = 1_024;
/** Copying a longer text takes noticeable time; such a text comes in large pieces. */
const costlyToGather = 8_000_000;
const anyText = /^[^]/;

/**
 * Returns a text with one more piece at its end.
 *
 * Engines keep a concatenation as a tree of its pieces, which for the words of an answer takes ten times the memory of the
 * text. Running a pattern over it makes it flat. That happens sixteen times while the length doubles, and twice where a copy
 * is costly, so that every character is copied a few times only.
 */
export function grown(text: string, piece: string): string {
  const longer = text + piece;
  if (longer.length < worthGathering) return longer;
  const step = 31 - Math.clz32(longer.length) - (longer.length < costlyToGather ? 4 : 1);
  if (text.length >> step !== longer.length >> step) anyText.test(longer);
  return longer;
}
