import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isComposing, isSendingEnter } from '../kit/isSendingEnter';
import type { Attachment } from '../../shared/conversation/attachment';
import { usePanel } from '../state/panelParts';
import { PromptChips } from './promptChips';

interface PromptEditorProps {
  readonly id: string;
  readonly text: string;
  /** Its attachments, which the new version keeps. */
  readonly attachments: readonly Attachment[];
  readonly onClose: () => void;
}

/** Edits a prompt in place. Sending makes a new version of it. */
export function PromptEditor({ id, text, attachments, onClose }: PromptEditorProps): JSX.Element {
  const { store, post, follower, t } = usePanel();
  const input = useRef<HTMLTextAreaElement>(null);
  const value = useSignal(text);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(text.length, text.length);
  }, []);
  const send = (): void => {
    const edited = value.peek().trim();
    if (edited === '' || store.streaming.peek()) return;
    post('edit', { id, text: edited });
    follower.follow();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isSendingEnter(event)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && !isComposing(event)) {
      // Escape only cancels the edit; a streaming answer continues.
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <div class="prompt-editor">
      <PromptChips attachments={attachments} />
      <textarea
        ref={input}
        class="prompt-input"
        dir="auto"
        aria-label={t('Edit Message')}
        value={value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
        onKeyDown={onKeyDown}
      />
      <div class="prompt-editor-buttons">
        <button type="button" class="button secondary" onClick={onClose}>
          {t('Cancel')}
        </button>
        <button type="button" class="button" onClick={send}>
          {t('Send')}
        </button>
      </div>
    </div>
  );
}
