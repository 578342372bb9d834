import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { HistoryEntry } from '../../shared/messages/toView';
import { isMac } from '../kit/isMac';
import { usePanel } from '../state/panelParts';
import { DrawnLines } from './drawnLines';
import type { HistoryGroup, HistoryLine } from './groupHistory';
import { FailedChats } from './failedChats';
import { HistoryRow } from './historyRow';
import type { HistorySearch } from './historySearch';
import type { LineLayout } from './lineLayout';
import { layOutLines } from './lineLayout';

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

interface LineState {
  /** True for the row that Tab stops at. */
  readonly active: boolean;
  /** True for the row that the pointer was in last. */
  readonly pointed: boolean;
  readonly renaming: boolean;
}

/** A drawn line with what it depends on beside the line itself. */
interface DrawnLine {
  readonly state: string;
  readonly element: JSX.Element;
}

/** The rows under their headings. Only the rows near the visible ones and the focused one are drawn. */
export function HistoryList(props: HistoryListProps): JSX.Element {
  const { t, post } = usePanel();
  const { listRef, lines, search, activeId, onOpen } = props;
  const layout = useMemo(() => layOutLines(lines), [lines]);
  const view = useMemo(() => new DrawnLines(), []);
  const pointed = useSignal<string | null>(null);
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
    view.look(layout, list.scrollTop / em, list.clientHeight / em);
  };
  useLayoutEffect(look, [lines]);
  useLayoutEffect(
    () => () => {
      view.dispose();
    },
    [],
  );
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
  ): Omit<Parameters<typeof HistoryRow>[0], 'entry' | 'query' | 'active' | 'showsActions' | 'renaming'> => ({
    onOpen: () => {
      onOpen(entry.id);
    },
    onOpenInEditor: () => {
      post('open-elsewhere', { id: entry.id, place: 'editor' });
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
    else if (line?.kind === 'chat' && !line.entry.deleted && onRow && isOpenInEditor(event))
      actions(line.entry).onOpenInEditor();
    else if (line?.kind === 'chat' && !line.entry.deleted && event.key === 'F2')
      actions(line.entry).onRename();
    else if (line?.kind === 'chat' && !line.entry.deleted && onRow && event.key === 'Delete')
      actions(line.entry).onDelete();
    else return;
    event.preventDefault();
  };
  const query = search.answeredQuery.value;
  // Preact skips an element that it gets a second time, so that a new row does not render the others again.
  const drawnBefore = useMemo(() => new Map<number, DrawnLine>(), [lines, query]);
  const [first, end] = view.range.value;
  const drawn = lines.slice(first, end).map((line, offset) => ({ line, index: first + offset }));
  const active = lines[activeLine];
  if (active !== undefined && (activeLine < first || activeLine >= end))
    drawn.push({ line: active, index: activeLine });
  const indexes = new Set(drawn.map(({ index }) => index));
  for (const index of drawnBefore.keys()) if (!indexes.has(index)) drawnBefore.delete(index);
  const drawOnce = (index: number, draw: (is: LineState) => JSX.Element): JSX.Element => {
    const id = idAt(lines, index);
    const is: LineState = {
      active: index === activeLine,
      pointed: id !== undefined && id === pointed.value,
      renaming: id !== undefined && id === renaming.value,
    };
    const state = JSON.stringify(is);
    const before = drawnBefore.get(index);
    if (before?.state === state) return before.element;
    const element = draw(is);
    drawnBefore.set(index, { state, element });
    return element;
  };
  useLayoutEffect(() => {
    // Lays the new rows out now, in idle time, so that the next frame of scrolling need not.
    listRef.current?.getBoundingClientRect();
  }, [first, end]);
  return (
    <div class="history-scroller" ref={listRef} onScroll={look} onKeyDown={onKeyDown}>
      <div class="history-lines" role="list" aria-label={t('Chats')} style={{ height: `${layout.total}em` }}>
        {drawn.map(({ line, index }) =>
          drawOnce(index, (is) => (
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
              onPointerEnter={() => {
                pointed.value = idAt(lines, index) ?? null;
              }}
            >
              {line.kind === 'heading' ? (
                <h2 class="history-heading">{headingOf(line.group, t)}</h2>
              ) : line.kind === 'failed-chats' ? (
                <FailedChats
                  count={line.count}
                  isOpen={line.isOpen}
                  active={is.active}
                  onToggle={props.onToggleFailed}
                />
              ) : (
                <HistoryRow
                  entry={line.entry}
                  query={query}
                  active={is.active}
                  showsActions={is.active || is.pointed}
                  renaming={is.renaming}
                  {...actions(line.entry)}
                />
              )}
            </div>
          )),
        )}
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

/** True for the keys that open a row in an editor, as in VS Code's lists. */
function isOpenInEditor(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey);
}
