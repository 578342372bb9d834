import type { JSX } from 'preact';
import { IconButton } from './iconButton';
import { usePanel } from './panelContext';

/** A slim row: which conversation this is, and the way to the others. */
export function Header(): JSX.Element {
  const { store, openPart, post, t } = usePanel();
  const title = store.title.value;
  return (
    <header class="header">
      <h1 class="header-title" dir="auto" title={title}>
        {title === '' ? <span class="visually-hidden">Parley</span> : title}
      </h1>
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
        onPress={() => {
          openPart.value = openPart.peek() === 'history' ? null : 'history';
        }}
      />
    </header>
  );
}
