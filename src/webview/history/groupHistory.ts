import type { HistoryEntry } from '../../shared/messages/toView';

/** The headings of the list, in their order. */
export const historyGroups = ['pinned', 'today', 'yesterday', 'week', 'older', 'deleted'] as const;

export type HistoryGroup = (typeof historyGroups)[number];

/** One line of the list: a heading or a conversation. */
export type HistoryLine =
  | { readonly kind: 'heading'; readonly group: HistoryGroup }
  | { readonly kind: 'chat'; readonly entry: HistoryEntry };

/**
 * Sorts conversations under headings, the latest first. A deleted one stays where it was when its id is in
 * `keptInPlace`, so that it can be undone where the eye is. `now` is in milliseconds since the epoch.
 */
export function groupHistory(
  entries: readonly HistoryEntry[],
  keptInPlace: ReadonlySet<string>,
  now: number,
): readonly HistoryLine[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const found = new Map<HistoryGroup, HistoryEntry[]>(historyGroups.map((group) => [group, []]));
  for (const entry of entries) found.get(groupOf(entry, keptInPlace, midnight))?.push(entry);
  return historyGroups.flatMap((group): HistoryLine[] => {
    const members = found.get(group) ?? [];
    if (members.length === 0) return [];
    members.sort((one, other) => other.updatedAt - one.updatedAt);
    return [{ kind: 'heading', group }, ...members.map((entry) => ({ kind: 'chat' as const, entry }))];
  });
}

function groupOf(entry: HistoryEntry, keptInPlace: ReadonlySet<string>, midnight: number): HistoryGroup {
  if (entry.deleted && !keptInPlace.has(entry.id)) return 'deleted';
  if (entry.pinned) return 'pinned';
  if (entry.updatedAt >= midnight) return 'today';
  if (entry.updatedAt >= daysBefore(midnight, 1)) return 'yesterday';
  return entry.updatedAt >= daysBefore(midnight, 7) ? 'week' : 'older';
}

/** By the calendar: a day is not always 24 hours long. */
function daysBefore(midnight: number, days: number): number {
  const day = new Date(midnight);
  return day.setDate(day.getDate() - days);
}
