/** How much of the text after the cursor has to be the same, in UTF-16 units. */
const compared = 300;
/** Brackets and quotes that an editor adds by itself when the opening one is typed. */
const closers = /^[)\]}"'`>]{1,4}/;

/**
 * What an editor has added right after the cursor.
 *
 * @param after The text after the cursor.
 * @param earlier The text after the cursor at an earlier time.
 * @returns '' if nothing was added; undefined if the texts differ in another way.
 */
export function addedClosers(after: string, earlier: string): string | undefined {
  if (after.slice(0, compared) === earlier.slice(0, compared)) return '';
  const added = closers.exec(after)?.[0] ?? '';
  for (let length = added.length; length > 0; length -= 1)
    if (after.slice(length, length + compared) === earlier.slice(0, compared)) return added.slice(0, length);
  return undefined;
}
