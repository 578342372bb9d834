import type { JSX } from 'preact';
import type { QueuedPrompt } from '../../shared/messages/toView';
import { Icon } from '../kit/icon';
import { IconButton } from '../kit/iconButton';
import { canAsk } from '../state/canAsk';
import { usePanel } from '../state/panelParts';
import { composerInputId, focusComposer } from './focusComposer';
import { useKeptFocus } from './useKeptFocus';

/** The prompts that wait for the current answer, the next one first. */
export function WaitingPrompts(): JSX.Element | null {
  const { store, t } = usePanel();
  const queue = store.state.value?.queue ?? [];
  const streaming = store.streaming.value;
  const list = useKeptFocus(
    queue.map((prompt) => prompt.id),
    composerInputId,
  );
  if (queue.length === 0) return null;
  return (
    <div class="queue">
      <div class="queue-heading" id="waiting-heading">
        {streaming
          ? t('Queued')
          : !canAsk(store.state.value)
            ? t('Waiting for a gateway')
            : t('The answer was interrupted. Queued prompts wait until you send them.')}
      </div>
      <ul
        class="queue-list"
        ref={list}
        role="list"
        aria-label={t('Queued Prompts')}
        aria-describedby="waiting-heading"
      >
        {queue.map((prompt) => (
          <WaitingPrompt key={prompt.id} prompt={prompt} />
        ))}
      </ul>
    </div>
  );
}

function WaitingPrompt({
  prompt: { id, text, attachments },
}: {
  readonly prompt: QueuedPrompt;
}): JSX.Element {
  const { post, follower, t } = usePanel();
  const textId = `waiting-${id}`;
  return (
    <li class="queue-prompt">
      <div class="queue-words" id={textId}>
        {text !== '' && (
          <div class="queue-text" dir="auto" title={text}>
            {text}
          </div>
        )}
        {attachments.length > 0 && (
          <div class="queue-attachments" title={attachments.join('\n')}>
            <Icon name="attach" />
            <span class="queue-labels" dir="auto">
              {attachments.join(', ')}
            </span>
          </div>
        )}
      </div>
      <IconButton
        icon="send"
        label={t('Send Now')}
        describedBy={textId}
        onPress={() => {
          post('send-queued', { id });
          follower.follow();
          focusComposer();
        }}
      />
      <IconButton
        icon="edit"
        label={t('Edit')}
        describedBy={textId}
        onPress={() => {
          post('edit-queued', { id });
          focusComposer();
        }}
      />
      <IconButton
        icon="close"
        label={t('Remove')}
        describedBy={textId}
        onPress={() => {
          post('remove-queued', { id });
        }}
      />
    </li>
  );
}
