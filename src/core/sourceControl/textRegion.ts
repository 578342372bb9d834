/** A part of a text, in UTF-16 units. `end` is not part of it. */
export interface TextRegion {
  readonly start: number;
  readonly end: number;
}

/** A replacement in a text. */
export interface TextChange {
  readonly offset: number;
  /** How many UTF-16 units were removed at `offset`. */
  readonly removed: number;
  readonly inserted: string;
}

/**
 * Where a region is after a change of the text around it. Text that is inserted at its end stays behind it, and text that is
 * inserted at its start before it.
 *
 * @returns undefined if the change touches the content of the region.
 */
export function movedRegion(
  { start, end }: TextRegion,
  { offset, removed, inserted }: TextChange,
): TextRegion | undefined {
  if (offset + removed <= start) {
    const shift = inserted.length - removed;
    return { start: start + shift, end: end + shift };
  }
  return offset >= end ? { start, end } : undefined;
}

/** The smallest single replacement that turns one text into another; undefined if they are equal. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let offset = 0;
  while (offset < shorter && before.charCodeAt(offset) === after.charCodeAt(offset)) offset += 1;
  let same = 0;
  while (
    same < shorter - offset &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same += 1;
  return {
    offset,
    removed: before.length - offset - same,
    inserted: after.slice(offset, after.length - same),
  };
}
