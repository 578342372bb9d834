/**
 * Finds the letters of a query in a text, in their order and ignoring case: the first place where they are together;
 * otherwise one after another. The host ranks the results; this only displays why.
 *
 * @returns Positions in UTF-16 units, ascending; undefined if the text lacks some of the letters.
 */
export function matchLetters(text: string, query: string): readonly number[] | undefined {
  const letters = query.toLowerCase().replaceAll(/\s+/gu, '');
  const folded = text.toLowerCase();
  // A few letters change their length with their case, which would make the positions wrong.
  if (letters === '' || folded.length !== text.length) return undefined;
  const together = startOf(folded, letters);
  if (together >= 0) return Array.from({ length: letters.length }, (_, index) => together + index);
  const places: number[] = [];
  for (let index = 0; index < letters.length; index += 1) {
    const place = folded.indexOf(letters.charAt(index), (places.at(-1) ?? -1) + 1);
    if (place < 0) return undefined;
    places.push(place);
  }
  return places;
}

/** The position of the letters together, preferably at the beginning of a word; -1 if they are not together. */
function startOf(folded: string, letters: string): number {
  for (let at = folded.indexOf(letters); at >= 0; at = folded.indexOf(letters, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded.charAt(at - 1))) return at;
  }
  return folded.indexOf(letters);
}
