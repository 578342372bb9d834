/** Characters that are not seen, and that some file systems leave out when they compare names. */
const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The parts of a path as the most lenient file systems compare them: compatibility forms (`ſ`, full-width letters) are unified,
 * case is folded, invisible characters are left out.
 *
 * @param path With forward slashes or backslashes; relative or absolute.
 */
export function foldedParts(path: string): string[] {
  // Upper case first: it also folds `ß` to `ss`, as APFS does.
  return path.normalize('NFKC').replace(unseen, '').toUpperCase().toLowerCase().split(/[/\\]/);
}

/** Windows opens the same file with dots and spaces behind its name, and with the name of a stream. */
export function withoutWindowsTail(part: string): string {
  const [name = ''] = part.split(':', 1);
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}
