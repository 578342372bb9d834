/** Shorter texts are not flattened, in UTF-16 units. */
const worthGathering = 1_024;
/** A longer text is flattened less often, because a copy of it takes noticeable time. */
const costlyToGather = 8_000_000;
const anyText = /^[^]/;

/**
 * Appends a piece to a text.
 *
 * JavaScript engines keep a concatenation as a tree of its pieces, which for the small deltas of an answer takes ten times the
 * memory of the text. A regular expression makes the engine flatten the string. This happens sixteen times while the length
 * doubles, and twice for very long texts, so that each character is copied only a few times.
 */
export function grown(text: string, piece: string): string {
  const longer = text + piece;
  if (longer.length < worthGathering) return longer;
  const step = 31 - Math.clz32(longer.length) - (longer.length < costlyToGather ? 4 : 1);
  if (text.length >> step !== longer.length >> step) anyText.test(longer);
  return longer;
}
