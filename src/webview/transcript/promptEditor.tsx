import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ComposerBox } from '../composer/composerBox';
import { ComposerFieldProvider } from '../composer/composerField';
import { focusComposer } from '../composer/focusComposer';
import { isSendable } from '../composer/isSendable';
import { ModelButton } from '../composer/modelButtons';
import { addStyles } from '../kit/addStyles';
import { IconButton } from '../kit/iconButton';
import { isComposing } from '../kit/isSendingEnter';
import { isMac } from '../kit/isMac';
import type { PromptFacts } from '../state/messageFacts';
import { usePanel } from '../state/panelParts';
import { PromptChips } from './promptChips';
import styles from './promptEditor.css' with { type: 'text' };

addStyles(styles);

interface PromptEditorProps {
  readonly facts: PromptFacts;
  /** False for an editor that was open before the page was loaded again: the focus stays where it is. */
  readonly takesFocus: boolean;
  readonly onClose: () => void;
}

/** Edits a prompt in its place, with everything that the composer has. Sending makes a new version of the prompt. */
export function PromptEditor({ facts, takesFocus, onClose }: PromptEditorProps): JSX.Element {
  const { id, text, attachments } = facts;
  const { store, draft: composerDraft, post, follower, t } = usePanel();
  const input = useRef<HTMLTextAreaElement>(null);
  const [draft] = useState(() => composerDraft.ofEdit(id, text));
  /** Null until the host has copied the attachments of the prompt. */
  const copied = useComputed(
    () => store.state.value?.edits?.find((edit) => edit.id === id)?.attachments ?? null,
  );
  const chips = useComputed(() => copied.value ?? []);
  const field = useMemo(
    () => ({ place: { edit: id }, inputId: `edit-${id}`, draft, attachments: chips }),
    [id, draft, chips],
  );
  useLayoutEffect(() => {
    const { current } = input;
    if (!takesFocus || current === null) return;
    current.focus();
    current.setSelectionRange(current.value.length, current.value.length);
    current.scrollIntoView({ block: 'nearest' });
  }, []);
  const cancel = (): void => {
    draft.forget();
    post('end-edit', { id });
    onClose();
  };
  const send = (edited: string, interrupt: boolean): boolean => {
    if (store.streaming.peek() && !interrupt) return false;
    draft.forget();
    post('edit', { id, text: edited });
    follower.follow();
    onClose();
    focusComposer();
    return true;
  };
  return (
    <ComposerFieldProvider value={field}>
      <div
        class="prompt-editor"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || isComposing(event)) return;
          // Escape only cancels the edit; a streaming answer continues.
          event.stopPropagation();
          cancel();
        }}
      >
        <ComposerBox
          label={t('Edit Message')}
          input={input}
          recall={null}
          onSend={send}
          {...(copied.value === null && { above: <PromptChips attachments={attachments} /> })}
          buttons={(sendNow) => (
            <>
              <div class="model-choice">
                <ModelButton />
              </div>
              <IconButton icon="close" label={t('Cancel')} hint={t('Cancel (Escape)')} onPress={cancel} />
              <SendEdit
                isSendable={isSendable(
                  draft.text.value,
                  copied.value ?? [],
                  store.state.value?.generation,
                  store.parameters.value.generation,
                )}
                onSend={sendNow}
              />
            </>
          )}
        />
      </div>
    </ComposerFieldProvider>
  );
}

interface SendEditProps {
  readonly isSendable: boolean;
  readonly onSend: (interrupt: boolean) => void;
}

/** A new version of a prompt is not queued: while an answer streams, the user decides to stop that answer. */
function SendEdit({ isSendable: sendable, onSend }: SendEditProps): JSX.Element {
  const { store, t } = usePanel();
  const streaming = store.streaming.value;
  const whileStreaming = isMac ? t('Stop and send (Cmd+Enter)') : t('Stop and send (Ctrl+Enter)');
  return (
    <IconButton
      class="send-button"
      icon="send"
      label={t('Send')}
      hint={streaming ? whileStreaming : t('Send (Enter)')}
      off={!sendable}
      onPress={() => {
        onSend(streaming);
      }}
    />
  );
}
