import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { HistoryEntry } from '../../shared/messages/toView';
import { usePanel } from '../state/panelParts';
import type { HistoryGroup, HistoryLine } from './groupHistory';
import { FailedChats } from './failedChats';
import { HistoryRow } from './historyRow';
import type { HistorySearch } from './historySearch';
import type { LineLayout } from './lineLayout';
import { layOutLines, linesWithin } from './lineLayout';

interface HistoryListProps {
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly lines: readonly HistoryLine[];
  readonly search: HistorySearch;
  /** The row that Tab stops at; null for the first. */
  readonly activeId: Signal<string | null>;
  readonly onOpen: (id: string) => void;
  /** Shows or hides the failed conversations. */
  readonly onToggleFailed: () => void;
  /** Called when Up is pressed in the first row. */
  readonly onLeaveUp: () => void;
}

/** How much is drawn above and below the visible part, in em, for fast scrolling. */
const margin = 40;

/** The rows under their headings. Only the visible rows and the focused one are drawn. */
export function HistoryList(props: HistoryListProps): JSX.Element {
  const { t } = usePanel();
  const { listRef, lines, search, activeId, onOpen } = props;
  const layout = useMemo(() => layOutLines(lines), [lines]);
  const view = useSignal<readonly [number, number]>([0, 100]);
  const renaming = useSignal<string | null>(null);
  const wantsFocus = useRef(false);
  const rows = lines.flatMap((line, index) => (line.kind === 'heading' ? [] : [index]));
  const activeLine = rows.find((index) => idAt(lines, index) === activeId.value) ?? rows[0] ?? -1;
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    focusLine(listRef.current, layout, activeLine);
  });
  const look = (): void => {
    const list = listRef.current;
    if (list === null) return;
    const em = emOf(list);
    // In steps, so that not every pixel of scrolling draws the list again.
    const top = Math.floor(list.scrollTop / em / 10) * 10;
    const seen: [number, number] = [top, top + Math.ceil(list.clientHeight / em / 10) * 10 + 10];
    if (seen[0] !== view.peek()[0] || seen[1] !== view.peek()[1]) view.value = seen;
  };
  useLayoutEffect(look, [lines]);
  const go = (index: number | undefined): void => {
    const id = index === undefined ? undefined : idAt(lines, index);
    if (id === undefined || index === undefined) return;
    activeId.value = id;
    scrollToLine(listRef.current, layout, index);
    look();
    focusLine(listRef.current, layout, index);
    // A row that is not drawn yet gets the focus when it is drawn.
    wantsFocus.current = true;
  };
  const actions = (
    entry: HistoryEntry,
  ): Omit<Parameters<typeof HistoryRow>[0], 'entry' | 'query' | 'active' | 'renaming'> => ({
    onOpen: () => {
      onOpen(entry.id);
    },
    onRename: () => {
      activeId.value = entry.id;
      renaming.value = entry.id;
    },
    onRenamed: (title) => {
      wantsFocus.current = listRef.current?.querySelector('.history-rename:focus') !== null;
      renaming.value = null;
      if (title !== null) search.rename(entry.id, title);
    },
    onPin: () => {
      activeId.value = entry.id;
      search.pin(entry.id, !entry.pinned);
    },
    onDelete: () => {
      activeId.value = entry.id;
      wantsFocus.current = true;
      search.delete(entry.id);
    },
    onRestore: () => {
      activeId.value = entry.id;
      wantsFocus.current = true;
      search.restore(entry.id);
    },
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = rows.indexOf(activeLine);
    const line = lines[activeLine];
    const onRow = event.target instanceof Element && event.target.classList.contains('history-open');
    if (event.key === 'ArrowDown') go(rows[Math.min(at + 1, rows.length - 1)]);
    else if (event.key === 'ArrowUp' && at <= 0) props.onLeaveUp();
    else if (event.key === 'ArrowUp') go(rows[at - 1]);
    else if (event.key === 'Home') go(rows[0]);
    else if (event.key === 'End') go(rows.at(-1));
    else if (line?.kind === 'chat' && !line.entry.deleted && event.key === 'F2')
      actions(line.entry).onRename();
    else if (line?.kind === 'chat' && !line.entry.deleted && onRow && event.key === 'Delete')
      actions(line.entry).onDelete();
    else return;
    event.preventDefault();
  };
  const [first, end] = linesWithin(layout, view.value[0] - margin, view.value[1] + margin);
  const drawn = lines.slice(first, end).map((line, offset) => ({ line, index: first + offset }));
  const active = lines[activeLine];
  if (active !== undefined && (activeLine < first || activeLine >= end))
    drawn.push({ line: active, index: activeLine });
  return (
    <div class="history-scroller" ref={listRef} onScroll={look} onKeyDown={onKeyDown}>
      <div class="history-lines" role="list" aria-label={t('Chats')} style={{ height: `${layout.total}em` }}>
        {drawn.map(({ line, index }) => (
          <div
            key={keyOf(line)}
            role="listitem"
            class={line.kind === 'chat' ? 'history-line history-row' : 'history-line'}
            data-line={index}
            aria-posinset={index + 1}
            aria-setsize={lines.length}
            style={{ top: `${layout.tops[index] ?? 0}em`, height: `${layout.heights[index] ?? 0}em` }}
            onFocusIn={() => {
              if (line.kind !== 'heading') activeId.value = keyOf(line);
            }}
          >
            {line.kind === 'heading' ? (
              <h2 class="history-heading">{headingOf(line.group, t)}</h2>
            ) : line.kind === 'failed-chats' ? (
              <FailedChats
                count={line.count}
                isOpen={line.isOpen}
                active={index === activeLine}
                onToggle={props.onToggleFailed}
              />
            ) : (
              <HistoryRow
                entry={line.entry}
                query={search.answeredQuery.value}
                active={index === activeLine}
                renaming={renaming.value === line.entry.id}
                {...actions(line.entry)}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function headingOf(group: HistoryGroup, t: ReturnType<typeof usePanel>['t']): string {
  switch (group) {
    case 'pinned':
      return t('Pinned');
    case 'today':
      return t('Today');
    case 'yesterday':
      return t('Yesterday');
    case 'week':
      return t('Last 7 Days');
    case 'older':
      return t('Older');
    case 'deleted':
      return t('Recently Deleted');
  }
}

function idAt(lines: readonly HistoryLine[], index: number): string | undefined {
  const line = lines[index];
  return line === undefined || line.kind === 'heading' ? undefined : keyOf(line);
}

function keyOf(line: HistoryLine): string {
  if (line.kind === 'heading') return line.group;
  return line.kind === 'chat' ? line.entry.id : line.kind;
}

function emOf(element: HTMLElement): number {
  return parseFloat(getComputedStyle(element).fontSize);
}

function focusLine(list: HTMLElement | null, layout: LineLayout, index: number): void {
  const row = list?.querySelector<HTMLElement>(`[data-line="${index}"] .history-open`);
  if (row === null || row === undefined) return;
  row.focus({ preventScroll: true });
  scrollToLine(list, layout, index);
}

/** The smallest scroll that makes the whole line visible. The first line is displayed with its heading. */
function scrollToLine(list: HTMLElement | null, { tops, heights }: LineLayout, index: number): void {
  if (list === null) return;
  const em = emOf(list);
  const top = (index <= 1 ? 0 : (tops[index] ?? 0)) * em;
  const bottom = ((tops[index] ?? 0) + (heights[index] ?? 0)) * em;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
