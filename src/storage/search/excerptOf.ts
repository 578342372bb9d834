import { foldText } from './foldText';

const lengthBefore = 40;
const length = 120;

/**
 * About 120 characters of `text` on one line, around the first of the `words`; null if the text contains none of them.
 *
 * @param folded The result of `foldText(text)`.
 * @param words Folded words (see `queryWords`).
 */
export function excerptOf(text: string, folded: string, words: readonly string[]): string | null {
  const places = words.map((word) => folded.indexOf(word)).filter((place) => place >= 0);
  if (places.length === 0) return null;
  const place = placeInText(text, folded, Math.min(...places));
  const from = characterStart(text, Math.max(0, place - lengthBefore));
  const to = characterStart(text, Math.min(text.length, from + length));
  const line = text.slice(from, to).replaceAll(/\s+/gu, ' ').trim();
  return `${from > 0 ? '…' : ''}${line}${to < text.length ? '…' : ''}`;
}

/** The index in `text` for an index in `folded`. Folding may change the length; then a binary search finds the index. */
function placeInText(text: string, folded: string, place: number): number {
  if (text.length === folded.length) return place;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (foldText(text.slice(0, middle)).length < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Moves an index between the two halves of a surrogate pair to the first half. */
function characterStart(text: string, place: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(place)) ? place - 1 : place;
}
