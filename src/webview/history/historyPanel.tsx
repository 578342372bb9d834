import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { isComposing } from '../kit/isSendingEnter';
import { usePanel } from '../state/panelParts';
import { groupHistory } from './groupHistory';
import { HistoryList } from './historyList';
import { HistorySearch } from './historySearch';
import { addStyles } from '../kit/addStyles';
import styles from './history.css' with { type: 'text' };

addStyles(styles);

interface HistoryPanelProps {
  /** Closes the list and returns the focus. */
  readonly onClose: () => void;
}

/** Closes the list when another conversation is shown, except after the shown one was deleted here, for its Undo. */
function useCloseWhenSwitched(search: HistorySearch): void {
  const { openPart, store } = usePanel();
  const conversationId = store.conversationId.value;
  const shown = useRef(conversationId);
  useEffect(() => {
    const before = shown.current;
    shown.current = conversationId;
    if (before !== null && before !== conversationId && !search.deletedHere.peek().has(before))
      openPart.value = null;
  }, [conversationId]);
}

/** The list of conversations, over the current one. */
export function HistoryPanel({ onClose }: HistoryPanelProps): JSX.Element {
  const { post, replies, store, openPart, t } = usePanel();
  const search = useMemo(() => new HistorySearch(post), []);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const activeId = useSignal<string | null>(null);
  const showsFailed = useSignal(false);
  useCloseWhenSwitched(search);
  const streaming = store.streaming.value;
  useLayoutEffect(() => {
    field.current?.focus();
    return () => {
      search.dispose();
    };
  }, []);
  useEffect(() => {
    // The focus is on no element after its row or its button is gone.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && event.target === document.body && !isComposing(event)) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [onClose]);
  // The list of streaming chats changes with it.
  useEffect(() => {
    search.ask();
  }, [streaming]);
  useSignalEffect(() => {
    search.receive(replies.history.value);
  });
  const entries = search.entries.value;
  const deletedHere = search.deletedHere.value;
  const isSearch = search.answeredQuery.value !== '';
  const failedChats = isSearch ? 'in place' : showsFailed.value ? 'expanded' : 'collapsed';
  const lines = useMemo(
    () => groupHistory(entries ?? [], deletedHere, Date.now(), failedChats),
    [entries, deletedHere, failedChats],
  );
  const count = (entries ?? []).filter((entry) => !entry.deleted).length;
  const open = (id: string): void => {
    post('open-chat', { id });
    openPart.value = null;
  };
  return (
    <section
      class="history"
      aria-label={t('History')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        // A streaming answer continues.
        event.stopPropagation();
        event.preventDefault();
        onClose();
      }}
    >
      <div class="history-top">
        <input
          ref={field}
          type="search"
          class="history-search"
          dir="auto"
          aria-label={t('Search Chats')}
          placeholder={t('Search Chats')}
          maxLength={200}
          value={search.query.value}
          onInput={(event) => {
            search.search(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            const first = lines.find((line) => line.kind === 'chat' && !line.entry.deleted);
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              list.current?.querySelector<HTMLElement>('.history-open[tabindex="0"]')?.focus();
            } else if (event.key === 'Enter' && search.query.peek().trim() !== '' && first?.kind === 'chat') {
              open(first.entry.id);
            }
          }}
        />
        <IconButton icon="close" label={t('Close History')} hint={t('Close (Escape)')} onPress={onClose} />
      </div>
      <HistoryList
        listRef={list}
        lines={lines}
        search={search}
        activeId={activeId}
        onOpen={open}
        onToggleFailed={() => {
          showsFailed.value = !showsFailed.peek();
        }}
        onLeaveUp={() => field.current?.focus()}
      />
      {entries !== null && count === 0 && (
        <p class="history-empty">
          {search.answeredQuery.value === '' ? t('No chats yet') : t('No chats found')}
        </p>
      )}
      <div class="history-bottom">
        <button
          type="button"
          class="button secondary"
          onClick={() => {
            post('import-chat', {});
          }}
        >
          {t('Import…')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            post('new-chat', {});
            onClose();
          }}
        >
          {t('New Chat')}
        </button>
      </div>
      <div role="status" class="visually-hidden">
        {entries === null ? '' : count === 1 ? t('1 chat') : t('{0} chats', count)}
      </div>
    </section>
  );
}
