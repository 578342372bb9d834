import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HistoryEntry } from '../../shared/messages/toView';
import { dateFormat } from '../kit/dateFormat';
import { isComposing } from '../kit/isSendingEnter';
import { Icon } from '../kit/icon';
import { IconButton } from '../kit/iconButton';
import { isMac } from '../kit/isMac';
import { usePanel } from '../state/panelParts';
import { markWords } from './markWords';

interface HistoryRowProps {
  readonly entry: HistoryEntry;
  readonly query: string;
  /** True for the one row that Tab stops at. */
  readonly active: boolean;
  /** True for a row that the pointer or the focus is in. The actions of the others are invisible, so they are not drawn. */
  readonly showsActions: boolean;
  /** True while its title is edited. */
  readonly renaming: boolean;
  readonly onOpen: () => void;
  readonly onOpenInEditor: () => void;
  readonly onRename: () => void;
  /** Called with the new title, or with null if it did not change. */
  readonly onRenamed: (title: string | null) => void;
  readonly onPin: () => void;
  readonly onDelete: () => void;
  readonly onRestore: () => void;
}

/** A conversation in the list, with its actions. */
export function HistoryRow(props: HistoryRowProps): JSX.Element {
  const { t } = usePanel();
  const { entry, active, renaming } = props;
  const tabIndex = active ? 0 : -1;
  if (entry.deleted) return <DeletedRow {...props} />;
  if (renaming) return <RenameField {...props} />;
  return (
    <>
      <button
        type="button"
        class="history-open"
        tabIndex={tabIndex}
        aria-current={entry.current ? 'true' : undefined}
        onClick={props.onOpen}
      >
        <span class="history-title" dir="auto">
          <Marked text={titleOf(entry, t('Untitled Chat'))} query={props.query} />
        </span>
        {entry.excerpt !== null && (
          <span class="history-excerpt" dir="auto">
            <Marked text={entry.excerpt} query={props.query} />
          </span>
        )}
        <Details entry={entry} query={props.query} />
      </button>
      {props.showsActions && <RowActions {...props} />}
    </>
  );
}

function RowActions(props: HistoryRowProps): JSX.Element {
  const { t, post } = usePanel();
  const { entry, active } = props;
  const tabIndex = active ? 0 : -1;
  return (
    <span class="history-actions">
      <IconButton
        icon="edit"
        label={t('Rename')}
        hint={t('Rename (F2)')}
        tabIndex={tabIndex}
        onPress={props.onRename}
      />
      <IconButton
        icon={entry.pinned ? 'pinned' : 'pin'}
        label={entry.pinned ? t('Unpin') : t('Pin')}
        tabIndex={tabIndex}
        onPress={props.onPin}
      />
      <IconButton
        icon="go-to-file"
        label={t('Open in Editor')}
        hint={isMac ? t('Open in Editor (Cmd+Enter)') : t('Open in Editor (Ctrl+Enter)')}
        tabIndex={tabIndex}
        onPress={props.onOpenInEditor}
      />
      <IconButton
        icon="export"
        label={t('Export')}
        tabIndex={tabIndex}
        onPress={() => {
          post('export-chat', { id: entry.id });
        }}
      />
      <IconButton
        icon="trash"
        label={t('Delete')}
        hint={t('Delete (Del)')}
        tabIndex={tabIndex}
        onPress={props.onDelete}
      />
    </span>
  );
}

function DeletedRow({ entry, active, onRestore }: HistoryRowProps): JSX.Element {
  const { t } = usePanel();
  const title = titleOf(entry, t('Untitled Chat'));
  return (
    <span class="history-deleted">
      <span class="history-title" dir="auto">
        {title}
      </span>
      <span class="history-details">
        {t('Deleted')}
        <span aria-hidden="true"> · </span>
        <button
          type="button"
          class="history-open history-undo"
          aria-label={t('Undo deleting {0}', title)}
          tabIndex={active ? 0 : -1}
          onClick={onRestore}
        >
          {t('Undo')}
        </button>
      </span>
    </span>
  );
}

function RenameField({ entry, onRenamed }: HistoryRowProps): JSX.Element {
  const { t } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  const title = useSignal(entry.title);
  /** Removing the input blurs it, which must not answer a second time. */
  const settled = useRef(false);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const settle = (changed: string): void => {
    if (settled.current) return;
    settled.current = true;
    onRenamed(changed === '' || changed === entry.title ? null : changed);
  };
  return (
    <input
      ref={field}
      class="history-rename"
      dir="auto"
      aria-label={t('Chat Title')}
      maxLength={500}
      value={title.value}
      onInput={(event) => {
        title.value = event.currentTarget.value;
      }}
      onKeyDown={(event) => {
        // The keys of the list do not apply inside the input.
        event.stopPropagation();
        if (isComposing(event)) return;
        // Ignores the button that gets the focus back.
        if (event.key === 'Enter') event.preventDefault();
        if (event.key === 'Enter') settle(title.peek().trim());
        else if (event.key === 'Escape') settle('');
      }}
      onBlur={() => {
        settle(title.peek().trim());
      }}
    />
  );
}

function Details({ entry, query }: Pick<HistoryRowProps, 'entry' | 'query'>): JSX.Element {
  const { t, language } = usePanel();
  return (
    <span class="history-details">
      {entry.answering && (
        <>
          <Icon name="loading" />
          {t('answering…')}
          <span aria-hidden="true"> · </span>
        </>
      )}
      {entry.current && (
        <>
          {t('current')}
          <span aria-hidden="true"> · </span>
        </>
      )}
      <time dateTime={new Date(entry.updatedAt).toISOString()}>{whenText(entry.updatedAt, language)}</time>
      <span aria-hidden="true"> · </span>
      {entry.messageCount === 1 ? t('1 message') : t('{0} messages', entry.messageCount)}
      {entry.model !== null && (
        <>
          <span aria-hidden="true"> · </span>
          <Marked text={entry.model} query={query} />
        </>
      )}
    </span>
  );
}

function Marked({ text, query }: { readonly text: string; readonly query: string }): JSX.Element {
  return (
    <>
      {markWords(text, query).map((piece, index) =>
        piece.matched ? <mark key={index}>{piece.text}</mark> : piece.text,
      )}
    </>
  );
}

function titleOf(entry: HistoryEntry, untitled: string): string {
  return entry.title.trim() === '' ? untitled : entry.title;
}

/** The time of today, or the date. */
function whenText(at: number, language: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return dateFormat(language, isToday ? 'time' : 'date').format(at);
}
