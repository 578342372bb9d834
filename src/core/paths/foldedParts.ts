/** Invisible characters, which some file systems ignore when they compare names. */
const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The parts of a path, folded as the most lenient file systems compare names: compatibility forms (`ſ`, full-width letters)
 * are replaced, letters are in lower case, invisible characters are removed.
 *
 * @param path With forward slashes or backslashes; relative or absolute.
 */
export function foldedParts(path: string): string[] {
  // Upper case first: it also folds `ß` to `ss`, as APFS does.
  return path.normalize('NFKC').replace(unseen, '').toUpperCase().toLowerCase().split(/[/\\]/);
}

/** A part without what Windows ignores at its end: dots, spaces and the name of an alternate data stream (`:name`). */
export function withoutWindowsTail(part: string): string {
  const [name = ''] = part.split(':', 1);
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}
