import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isSendingEnter } from '../enterKey';
import { Icon } from '../icon';
import { IconButton } from '../iconButton';
import { usePanel } from '../panelContext';
import { ContextChips } from './contextChips';
import { ContextMeter } from './contextMeter';
import { composerInputId } from './focusComposer';

/** Where prompts are written. What is typed while an answer streams stays as a draft. */
export function Composer(): JSX.Element {
  const { store, draft, post, follower, t } = usePanel();
  const input = useRef<HTMLTextAreaElement>(null);
  const wasFocused = useRef(false);
  const send = (): void => {
    const text = draft.text.peek().trim();
    if (text === '' || store.streaming.peek()) return;
    post('submit', { text });
    draft.set('');
    follower.follow();
    input.current?.focus();
  };
  const noteFirstFocus = (): void => {
    if (!wasFocused.current) post('composer-focused', {});
    wasFocused.current = true;
  };
  return (
    <div class="composer">
      <div
        class="composer-box"
        onMouseDown={(event) => {
          focusInstead(event, input.current);
        }}
      >
        <ContextChips />
        <textarea
          id={composerInputId}
          ref={input}
          class="composer-input"
          dir="auto"
          rows={1}
          aria-label={t('Message')}
          placeholder={t('Ask anything')}
          value={draft.text}
          onInput={(event) => {
            draft.set(event.currentTarget.value);
          }}
          onFocus={noteFirstFocus}
          onKeyDown={(event) => {
            if (!isSendingEnter(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <div class="composer-footer">
          <IconButton
            icon="attach"
            label={t('Attach')}
            hint={t('Attach Context')}
            onPress={() => {
              post('attach', {});
            }}
          />
          <ModelButton />
          <ContextMeter />
          <SendButton onSend={send} />
        </div>
      </div>
    </div>
  );
}

/** A press on the frame's empty parts belongs to the input. */
function focusInstead(event: MouseEvent, input: HTMLElement | null): void {
  if (event.target instanceof Element && event.target.closest('button, textarea') !== null) return;
  event.preventDefault();
  input?.focus();
}

function ModelButton(): JSX.Element {
  const { store, post, t } = usePanel();
  const model = store.state.value?.model ?? null;
  return (
    <button
      type="button"
      class="model-button"
      title={
        model === null ? t('Select Model') : t('{0} at {1}. Click to change.', model.name, model.gatewayName)
      }
      onClick={() => {
        post('select-model', {});
      }}
    >
      <span class="model-button-name">{model === null ? t('Select Model') : model.name}</span>
      <Icon name="chevron-down" />
    </button>
  );
}

/** One button, so that it keeps the focus while it turns from "Send" into "Stop" and back. */
function SendButton({ onSend }: { readonly onSend: () => void }): JSX.Element {
  const { store, draft, post, t } = usePanel();
  const streaming = store.streaming.value;
  const off = !streaming && draft.text.value.trim() === '';
  useStopOnEscape();
  return (
    <IconButton
      class={streaming ? 'stop-button' : 'send-button'}
      icon={streaming ? 'debug-stop' : 'send'}
      label={streaming ? t('Stop') : t('Send')}
      hint={streaming ? t('Stop (Escape)') : t('Send (Enter)')}
      off={off}
      onPress={(event) => {
        if (!streaming) onSend();
        // The second half of a double click on "Send" is not meant to stop what it sent.
        else if (event.detail < 2) post('stop', {});
      }}
    />
  );
}

/** Escape stops the answer, wherever in the panel the focus is. */
function useStopOnEscape(): void {
  const { store, post } = usePanel();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || !store.streaming.peek()) return;
      event.preventDefault();
      post('stop', {});
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
