import type { HistoryEntry } from '../../shared/messages/toView';

/** The headings of the list, in their order. */
const historyGroups = ['pinned', 'today', 'yesterday', 'week', 'older', 'deleted'] as const;

export type HistoryGroup = (typeof historyGroups)[number];

/** One line of the list: a heading or a conversation. */
export type HistoryLine =
  | { readonly kind: 'heading'; readonly group: HistoryGroup }
  | { readonly kind: 'chat'; readonly entry: HistoryEntry };

/**
 * Groups conversations under headings, the latest first. A deleted one whose id is in `keptInPlace` stays in its place,
 * so that Undo is where the user looks. `now` is in milliseconds since the epoch.
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

/** Follows the calendar, because a day does not always have 24 hours. */
function daysBefore(midnight: number, days: number): number {
  const day = new Date(midnight);
  return day.setDate(day.getDate() - days);
}
