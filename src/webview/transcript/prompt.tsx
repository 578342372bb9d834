import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { lazyComponent } from '../kit/lazyComponent';
import type { PromptFacts } from '../state/messageFacts';
import { usePanel } from '../state/panelParts';
import { ActionMenu } from './actionMenu';
import { CopyButton } from './copyButton';
import { comparisonFocusId } from '../scrolling/focusAfterSwitch';
import { messageContext } from './messageContext';
import { MessageTime } from './messageTime';
import { PromptChips } from './promptChips';
import { VersionSwitch } from './versionSwitch';

const PromptEditor = lazyComponent(async () => (await import('./promptEditor')).PromptEditor);

interface PromptProps {
  readonly facts: PromptFacts;
  /** Position in the conversation, from 1. */
  readonly position: number;
}

/** A prompt of the user. */
export function Prompt({ facts, position }: PromptProps): JSX.Element {
  const { store, post, focusAfterSwitch, t } = usePanel();
  const canShowSideBySide = facts.comparison === null && facts.answers.length > 1;
  /** What the user did last on this page; null where the editor is open only if it was open before. */
  const editing = useSignal<boolean | null>(null);
  const wasOpen = useComputed(() => store.state.value?.edits?.some(({ id }) => id === facts.id) === true);
  const editButton = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const isEditing = editing.value ?? wasOpen.value;
  useLayoutEffect(() => {
    if (wasEditing.current && !isEditing) editButton.current?.focus({ preventScroll: true });
    wasEditing.current = isEditing;
  }, [isEditing]);
  return (
    <article
      class="message prompt"
      aria-label={t('You')}
      aria-posinset={position}
      aria-setsize={-1}
      data-message={facts.id}
      data-vscode-context={messageContext(facts.id, 'user', true)}
    >
      {isEditing ? (
        <PromptEditor
          facts={facts}
          takesFocus={editing.value === true}
          onClose={() => {
            editing.value = false;
          }}
        />
      ) : (
        <>
          <div class="bubble">
            <PromptChips attachments={facts.attachments} />
            <div class="prompt-text" dir="auto">
              {facts.text}
            </div>
          </div>
          <div class="actions">
            <MessageTime at={facts.createdAt} />
            <CopyButton textOf={() => facts.text} />
            <IconButton
              icon="edit"
              label={t('Edit')}
              class="idle-only"
              buttonRef={editButton}
              onPress={() => {
                editing.value = true;
                post('begin-edit', { id: facts.id });
              }}
            />
            <ActionMenu
              actions={[
                ...(canShowSideBySide
                  ? [
                      {
                        icon: 'split-horizontal' as const,
                        label: t('Compare Answers'),
                        off: false,
                        run: () => {
                          focusAfterSwitch.expect(comparisonFocusId(facts.id), 'next');
                          post('show-comparison', { id: facts.id });
                        },
                      },
                    ]
                  : []),
                {
                  icon: 'arrow-swap',
                  label: t('Ask Several Models'),
                  off: store.streaming.value,
                  run: () => {
                    post('compare', { id: facts.id });
                  },
                },
              ]}
            />
            {/* At the end, because it stays when the buttons before it are hidden. */}
            <VersionSwitch id={facts.id} versions={facts.versions} />
          </div>
        </>
      )}
    </article>
  );
}
