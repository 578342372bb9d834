/**
 * Edits of the setting `parley.gateways`. The setting belongs to the user, so an edit changes only what it must: entries that
 * Parley cannot read, unknown fields, and the order of all entries stay as they are. Nothing is changed in place.
 */

/** The value of the setting as VS Code returns it. Any entry may be invalid. */
export type GatewayEntries = readonly unknown[];

/** Fields to set in an entry. A field that is undefined is removed. */
export type EntryChange = Readonly<Record<string, unknown>>;

/** An entry that was removed, with its index before the removal. */
export interface RemovedEntry {
  readonly index: number;
  readonly entry: unknown;
}

/** Reads the value of the setting; empty if it is not a list. */
export function readEntries(value: unknown): GatewayEntries {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/**
 * Changes the entry of a gateway. If there are several, the last one is changed, because it is the one that counts. Without an
 * entry, appends one that consists of the id and the fields.
 */
export function changeEntry(entries: GatewayEntries, id: string, change: EntryChange): GatewayEntries {
  const index = entries.findLastIndex((entry) => isEntryOf(entry, id));
  if (index === -1) return [...entries, applyChange({ id }, change)];
  return entries.map((entry, at) => (at === index ? applyChange(entry as object, change) : entry));
}

/**
 * Removes all entries of a gateway. An earlier one would otherwise take the place of the last one.
 *
 * @returns The other entries, and the removed ones for `restoreEntries`.
 */
export function removeEntries(
  entries: GatewayEntries,
  id: string,
): { readonly entries: GatewayEntries; readonly removed: readonly RemovedEntry[] } {
  return {
    entries: entries.filter((entry) => !isEntryOf(entry, id)),
    removed: entries.flatMap((entry, index) => (isEntryOf(entry, id) ? [{ index, entry }] : [])),
  };
}

/**
 * Undoes `removeEntries`: puts each entry back at its index, or at the end of a list that has become shorter. Returns the entries
 * unchanged if the gateway has an entry again.
 */
export function restoreEntries(
  entries: GatewayEntries,
  id: string,
  removed: readonly RemovedEntry[],
): GatewayEntries {
  if (entries.some((entry) => isEntryOf(entry, id))) return entries;
  const restored = [...entries];
  for (const { index, entry } of removed) restored.splice(index, 0, entry);
  return restored;
}

/**
 * Puts the gateways into the given order. A gateway without an entry, such as a preset with only a key, gets one that consists
 * of its id. All other entries keep their index.
 *
 * @param ids The ids of all gateways in the list that the user sees, each once.
 */
export function reorderEntries(entries: GatewayEntries, ids: readonly string[]): GatewayEntries {
  const listed = [
    ...entries,
    ...ids.filter((id) => !entries.some((entry) => isEntryOf(entry, id))).map((id) => ({ id })),
  ];
  // Several entries with the same id move together, so that the same one of them still counts.
  const ordered = ids.flatMap((id) => listed.filter((entry) => isEntryOf(entry, id)));
  let next = 0;
  return listed.map((entry) => (ids.some((id) => isEntryOf(entry, id)) ? ordered[next++] : entry));
}

function isEntryOf(entry: unknown, id: string): boolean {
  return typeof entry === 'object' && entry !== null && 'id' in entry && entry.id === id;
}

/** Keeps the order of the fields. New fields come last. */
function applyChange(entry: object, change: EntryChange): object {
  const changed = { ...entry, ...change };
  return Object.fromEntries(
    Object.entries(changed).filter(([name, value]) => value !== undefined || !Object.hasOwn(change, name)),
  );
}
