import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Generation } from '../../shared/answer/generation';
import { taskActionName } from '../../shared/answer/taskActionName';
import { addStyles } from '../kit/addStyles';
import { Icon } from '../kit/icon';
import { isComposing, isSendingEnter } from '../kit/isSendingEnter';
import type { PanelStore } from '../state/panelStore';
import { usePanel } from '../state/panelParts';
import { enlargedPictures } from './enlargedPictures';
import styles from './modalForm.css' with { type: 'text' };
import { modalPrompt, type ModalStep } from './modalPrompt';

addStyles(styles);

interface ModalFormProps {
  /** The answer whose task waits. */
  readonly id: string;
  /** The index of the action that gives the task its prompt. */
  readonly index: number;
  /** The button that made the task wait. */
  readonly button: NonNullable<Generation['action']>;
  /** True if the gateway takes a mask for it. */
  readonly takesMask: boolean;
}

/** Asks for what a Midjourney task waits for: a prompt, and for a region of the picture a mask. */
export function ModalForm({ id, index, button, takesMask }: ModalFormProps): JSX.Element {
  const { store, post, painting, follower, t } = usePanel();
  const ids = useId();
  const prompt = useRef<HTMLTextAreaElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const path = store.path.value;
  const isAnswered = path.indexOf(id) + 1 < path.length;
  const open = useSignal(!isAnswered);
  const text = useSignal<string | null>(null);
  const mask = useSignal<string | null>(null);
  const takesFocus = useRef(false);
  useEffect(() => {
    if (isAnswered) open.value = false;
  }, [isAnswered]);
  useLayoutEffect(() => {
    // The pressed button is gone.
    if (takesFocus.current) (open.value ? prompt : opener).current?.focus();
  }, [open.value]);
  const picture = usePictureAbove(id, takesMask);
  const shown = text.value ?? modalPrompt(stepsAbove(store, id), button);
  const isMissing = shown.trim() === '' || (takesMask && mask.value === null);
  const name = taskActionName(button, index, t);
  const send = (): void => {
    if (isMissing) return;
    follower.follow();
    takesFocus.current = true;
    open.value = false;
    post('run-task-action', {
      id,
      index,
      text: shown.trim(),
      ...(mask.value !== null && { mask: mask.value }),
    });
  };
  const cancel = (): void => {
    takesFocus.current = true;
    open.value = false;
  };
  if (!open.value) {
    return (
      <div class="task-actions">
        <button
          type="button"
          ref={opener}
          class="button secondary"
          onClick={() => {
            takesFocus.current = true;
            open.value = true;
          }}
        >
          {t('Enter a Prompt for {0}', name)}
        </button>
      </div>
    );
  }
  return (
    <div
      class="modal-form"
      role="group"
      aria-labelledby={`${ids}-words`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        // Escape only closes the form; another answer continues.
        event.stopPropagation();
        event.preventDefault();
        cancel();
      }}
    >
      <p id={`${ids}-words`}>
        {takesMask
          ? t('{0}: paint what changes, and describe it.', name)
          : t('{0}: Midjourney needs a prompt.', name)}
      </p>
      <div>
        <label for={`${ids}-prompt`}>{t('Prompt')}</label>
        <textarea
          id={`${ids}-prompt`}
          ref={prompt}
          class="modal-prompt"
          dir="auto"
          value={shown}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (isComposing(event) || !isSendingEnter(event)) return;
            event.preventDefault();
            send();
          }}
        />
      </div>
      <div class="modal-buttons">
        {takesMask && (
          <button
            type="button"
            class="button secondary"
            aria-haspopup="dialog"
            aria-disabled={picture === null ? 'true' : undefined}
            onClick={() => {
              if (picture === null) return;
              painting.value = {
                attachment: null,
                source: picture.url,
                earlier: mask.peek(),
                name: picture.name,
                onUse: (result) => {
                  mask.value = result.mask;
                },
              };
            }}
          >
            <Icon name={mask.value === null ? 'paintcan' : 'check'} />
            {mask.value === null ? t('Paint What Changes') : t('Change the Mask')}
          </button>
        )}
        <button type="button" class="button" aria-disabled={isMissing ? 'true' : undefined} onClick={send}>
          {t('Continue')}
        </button>
        <button type="button" class="button secondary" onClick={cancel}>
          {t('Cancel')}
        </button>
      </div>
    </div>
  );
}

/** The prompts and answers above the button that made a task wait. */
function stepsAbove(store: PanelStore, id: string): readonly ModalStep[] {
  const path = store.path.peek();
  // The prompt of the button is the last one before the answer.
  const above = path.slice(0, Math.max(0, path.indexOf(id) - 1));
  return above.flatMap((promptId, at) => {
    const prompt = store.message(promptId)?.peek();
    if (prompt?.role !== 'user') return [];
    const answerId = above[at + 1] ?? '';
    const answer = store.message(answerId)?.peek();
    const action = answer?.role === 'assistant' ? answer.generation?.made.action : undefined;
    return [{ prompt: prompt.text, answer: store.textOf(answerId), action }];
  });
}

/** The picture whose button made a task wait; null while it is not loaded, and if it is not wanted. */
function usePictureAbove(
  id: string,
  isWanted: boolean,
): { readonly url: string; readonly name: string } | null {
  const { store, post, t } = usePanel();
  const path = store.path.value;
  const above = path[path.indexOf(id) - 2] ?? '';
  const facts = isWanted ? store.message(above)?.value : undefined;
  const media = facts?.role === 'assistant' ? facts.media : [];
  const index = media.findIndex(({ kind }) => kind === 'image');
  const { pictures } = enlargedPictures(above, media, store, t);
  const picture = pictures[0] ?? null;
  const isMissing = index >= 0 && picture === null;
  useEffect(() => {
    if (isMissing) post('load-media', { id: above, index });
  }, [isMissing, above, index]);
  return picture;
}
