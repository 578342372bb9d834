import type { HistoryEntry } from '../../shared/messages/toView';

/** The headings of the list, in their order. */
const historyGroups = ['pinned', 'today', 'yesterday', 'week', 'older', 'deleted'] as const;

export type HistoryGroup = (typeof historyGroups)[number];

/** One line of the list: a heading, a conversation, or the line that shows and hides the failed ones. */
export type HistoryLine =
  | { readonly kind: 'heading'; readonly group: HistoryGroup }
  | { readonly kind: 'chat'; readonly entry: HistoryEntry }
  | { readonly kind: 'failed-chats'; readonly count: number; readonly isOpen: boolean };

/**
 * Groups conversations under headings, the latest first. A deleted one whose id is in `keptInPlace` stays in its place,
 * so that Undo is where the user looks. `now` is in milliseconds since the epoch. `failedChats` tells whether two or
 * more failed conversations are collapsed into one line after the others.
 */
export function groupHistory(
  entries: readonly HistoryEntry[],
  keptInPlace: ReadonlySet<string>,
  now: number,
  failedChats: 'collapsed' | 'expanded' | 'in place' = 'in place',
): readonly HistoryLine[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const found = new Map<HistoryGroup, HistoryEntry[]>(historyGroups.map((group) => [group, []]));
  const failed =
    failedChats === 'in place' ? [] : entries.filter((entry) => isCollapsible(entry, keptInPlace));
  const collapsed = new Set(failed.length > 1 ? failed : []);
  for (const entry of entries)
    if (!collapsed.has(entry)) found.get(groupOf(entry, keptInPlace, midnight))?.push(entry);
  const isOpen = failedChats === 'expanded';
  const summary: HistoryLine[] =
    collapsed.size === 0
      ? []
      : [
          { kind: 'failed-chats', count: failed.filter(({ deleted }) => !deleted).length, isOpen },
          ...(isOpen ? chatLines([...collapsed]) : []),
        ];
  return historyGroups.flatMap((group): HistoryLine[] => {
    const members = found.get(group) ?? [];
    const lines: HistoryLine[] =
      members.length === 0 ? [] : [{ kind: 'heading', group }, ...chatLines(members)];
    return group === 'older' ? [...lines, ...summary] : lines;
  });
}

/** The latest first. */
function chatLines(entries: HistoryEntry[]): HistoryLine[] {
  return entries
    .sort((one, other) => other.updatedAt - one.updatedAt)
    .map((entry) => ({ kind: 'chat', entry }));
}

/** A failed conversation that is neither pinned nor open. */
function isCollapsible(
  { id, failed, pinned, deleted, current, answering }: HistoryEntry,
  keptInPlace: ReadonlySet<string>,
): boolean {
  return failed && !pinned && !current && !answering && (!deleted || keptInPlace.has(id));
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
