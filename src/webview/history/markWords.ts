import { placesOfText } from '../kit/placesOfText';
import type { MarkedPiece } from '../kit/markMatches';

/**
 * Splits a text into pieces that match the query or one of its words, and pieces that do not. Joined they are the text.
 */
export function markWords(text: string, query: string): readonly MarkedPiece[] {
  const whole = query.trim();
  let places = placesOfText(text, whole, false).map((start) => ({ start, end: start + whole.length }));
  if (places.length === 0) {
    places = whole
      .split(/\s+/u)
      .flatMap((word) =>
        placesOfText(text, word, false).map((start) => ({ start, end: start + word.length })),
      )
      .sort((one, other) => one.start - other.start);
  }
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const { start, end } of places) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), matched: false });
    pieces.push({ text: text.slice(start, end), matched: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), matched: false });
  return pieces;
}
