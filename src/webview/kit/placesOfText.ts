/** The positions of `wanted` in `text`, in UTF-16 units and without overlap; none for an empty `wanted`. */
export function placesOfText(text: string, wanted: string, matchCase: boolean): readonly number[] {
  if (wanted === '') return [];
  const searched = matchCase ? text : foldCase(text);
  const needle = matchCase ? wanted : foldCase(wanted);
  const places: number[] = [];
  for (let at = searched.indexOf(needle); at !== -1; at = searched.indexOf(needle, at + needle.length)) {
    places.push(at);
  }
  return places;
}

/** Lower-case letters at the same positions. A letter whose lower-case form is longer stays. */
function foldCase(text: string): string {
  const small = text.toLowerCase();
  if (small.length === text.length) return small;
  return Array.from(text, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  }).join('');
}
