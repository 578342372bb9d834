import type { JSX } from 'preact';
import { Icon } from '../icon';
import { usePanel } from '../panelContext';

/** What goes with the next prompt: each can be taken away, and code be opened. */
export function ContextChips(): JSX.Element | null {
  const { store, post, t } = usePanel();
  const attachments = store.state.value?.attachments ?? [];
  if (attachments.length === 0) return null;
  return (
    <ul class="chips" role="list" aria-label={t('Context')}>
      {attachments.map(({ kind, id, label, description }) => (
        <li class="chip" key={id}>
          {kind === 'image' ? (
            <span class="chip-text" title={description}>
              <Icon name="file-media" />
              <span class="chip-label">{label}</span>
            </span>
          ) : (
            <button
              type="button"
              class="chip-open"
              title={description}
              onClick={() => {
                post('open-attachment', { id });
              }}
            >
              <Icon name="code" />
              <span class="chip-label">{label}</span>
            </button>
          )}
          <button
            type="button"
            class="chip-remove"
            aria-label={t('Remove {0}', label)}
            title={t('Remove {0}', label)}
            onClick={() => {
              post('remove-attachment', { id });
            }}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
