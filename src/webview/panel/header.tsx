import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isComposing } from '../kit/isSendingEnter';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';

/** The header: the current conversation, and the buttons to the others. */
export function Header(): JSX.Element {
  const { openPart, post, t } = usePanel();
  const isOpen = openPart.value === 'history';
  return (
    <header class={isOpen ? 'header opened' : 'header'}>
      <Title />
      <IconButton
        icon="add"
        label={t('New Chat')}
        onPress={() => {
          post('new-chat', {});
        }}
      />
      <IconButton
        icon="history"
        label={t('History')}
        expanded={isOpen}
        onPress={() => {
          openPart.value = isOpen ? null : 'history';
        }}
      />
    </header>
  );
}

/** The conversation's title. It can be edited in place when it is pressed. */
function Title(): JSX.Element {
  const { store, t } = usePanel();
  const editing = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const returnsFocus = useRef(false);
  const title = store.title.value;
  useLayoutEffect(() => {
    if (!editing.value && returnsFocus.current) button.current?.focus();
    returnsFocus.current = false;
  }, [editing.value]);
  if (editing.value) {
    return (
      <TitleField
        title={title}
        onClose={(byKeyboard) => {
          returnsFocus.current = byKeyboard;
          editing.value = false;
        }}
      />
    );
  }
  return (
    <h1 class="header-title" dir="auto">
      {title === '' ? (
        <span class="visually-hidden">Parley</span>
      ) : (
        <button
          ref={button}
          type="button"
          class="header-rename"
          title={`${title}\n${t('Click to rename')}`}
          onClick={() => {
            editing.value = true;
          }}
        >
          {title}
        </button>
      )}
    </h1>
  );
}

interface TitleFieldProps {
  readonly title: string;
  readonly onClose: (byKeyboard: boolean) => void;
}

function TitleField({ title, onClose }: TitleFieldProps): JSX.Element {
  const { store, post, t } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  const settled = useRef(false);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const settle = (changed: string, byKeyboard: boolean): void => {
    if (settled.current) return;
    settled.current = true;
    const id = store.conversationId.peek();
    if (changed !== '' && changed !== title && id !== null) post('rename-chat', { id, title: changed });
    onClose(byKeyboard);
  };
  return (
    <input
      ref={field}
      class="history-rename header-field"
      dir="auto"
      aria-label={t('Chat Title')}
      maxLength={500}
      defaultValue={title}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (isComposing(event)) return;
        // Ignores the button that gets the focus back.
        if (event.key === 'Enter') event.preventDefault();
        if (event.key === 'Enter') settle(event.currentTarget.value.trim(), true);
        else if (event.key === 'Escape') settle('', true);
      }}
      onBlur={(event) => {
        settle(event.currentTarget.value.trim(), false);
      }}
    />
  );
}
