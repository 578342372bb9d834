import type { JSX, RefObject, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { GenerationSettings } from '../../shared/answer/generation';
import { takenInput } from '../../shared/answer/takenInput';
import type { GenerationOffer } from '../../shared/answer/generationOffer';
import type { Translate } from '../../shared/kit/translate';
import { isComposing, isSendingEnter } from '../kit/isSendingEnter';
import { usePanel } from '../state/panelParts';
import { useComposerField } from './composerField';
import { focusLastChip } from './contextChips';
import { cursorLineOf } from './cursorLine';
import { noteFocusedInput } from './focusComposer';
import type { PasteAndDrop } from './pasteAndDrop';
import type { PromptRecall } from './promptRecall';
import type { Suggestions } from './suggestions';
import { suggestionId, suggestionListId } from './suggestions';
import { findTrigger } from './trigger';

interface ComposerInputProps {
  readonly label: string;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly suggestions: Suggestions;
  readonly intake: PasteAndDrop;
  /** Null where Up and Down do not recall earlier prompts. */
  readonly recall: PromptRecall | null;
  readonly onSend: (interrupt: boolean) => void;
}

/** The input for the text of a prompt. */
export function ComposerInput({
  label,
  input,
  suggestions,
  intake,
  recall,
  onSend,
}: ComposerInputProps): JSX.Element {
  const { store, post, t } = usePanel();
  const { inputId, draft } = useComposerField();
  const wasFocused = useRef(false);
  const onArrow = useRecall(recall);
  const composition = useRef(false);
  useCursorWatch(input, suggestions, composition);
  const isOpen = suggestions.options.value.length > 0;
  const noteEdit = (element: HTMLTextAreaElement): void => {
    suggestions.edited(triggerIn(element));
  };
  return (
    // The role stays `textbox`, which does not support `aria-expanded`. The marked row tells a screen reader that the
    // list is open.
    <textarea
      id={inputId}
      ref={input}
      class="composer-input"
      dir="auto"
      rows={1}
      aria-label={label}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-controls={isOpen ? suggestionListId : undefined}
      aria-activedescendant={isOpen ? suggestionId(suggestions.active.value) : undefined}
      placeholder={placeholderOf(store.state.value?.generation, store.parameters.value.generation ?? {}, t)}
      value={draft.text}
      onInput={(event) => {
        draft.set(event.currentTarget.value);
        if (!composition.current) noteEdit(event.currentTarget);
      }}
      onCompositionStart={() => {
        composition.current = true;
      }}
      onCompositionEnd={(event) => {
        composition.current = false;
        noteEdit(event.currentTarget);
      }}
      onFocus={() => {
        noteFocusedInput(inputId);
        if (!wasFocused.current) post('composer-focused', {});
        wasFocused.current = true;
      }}
      onBlur={() => {
        suggestions.dismiss();
      }}
      onPaste={(event) => {
        if (event.clipboardData !== null && intake.paste(event.clipboardData)) event.preventDefault();
      }}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (suggestions.takeKey(event)) {
          // Escape only closes the list; a streaming answer continues.
          event.stopPropagation();
          event.preventDefault();
        } else if (isSendingEnter(event)) {
          event.preventDefault();
          onSend(event.ctrlKey || event.metaKey);
        } else if (onArrow(event) || (isGoingBack(event) && focusLastChip(event.currentTarget))) {
          event.preventDefault();
        }
      }}
    />
  );
}

function placeholderOf(
  offer: GenerationOffer | undefined,
  settings: GenerationSettings,
  t: Translate,
): string {
  if (offer?.kind === 'midjourney') {
    const { leastPictures, mostPictures, text } = takenInput(offer, settings);
    if (text !== 'needed' && leastPictures === 1) return t('Attach a picture');
    if (text !== 'needed' && leastPictures === mostPictures) return t('Attach {0} pictures.', leastPictures);
    if (text !== 'needed') return t('Attach {0} to {1} pictures', leastPictures, mostPictures ?? 0);
  }
  switch (offer?.kind) {
    case 'image':
    case 'midjourney':
      return t('Describe a picture');
    case 'video':
      return t('Describe a video');
    case 'music':
      return t('Describe the music');
    case undefined:
      return t('Ask anything, or type @ # /');
  }
}

/** Backspace in an empty input moves to the chips. */
function isGoingBack(event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean {
  return event.key === 'Backspace' && event.currentTarget.value === '';
}

/** Up on the first line and Down on the last recall earlier prompts. Returns true if the key did so. */
function useRecall(
  recall: PromptRecall | null,
): (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => boolean {
  const { store } = usePanel();
  const { draft } = useComposerField();
  return (event) => {
    if (recall === null) return false;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return false;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
    const element = event.currentTarget;
    if (element.selectionStart !== element.selectionEnd) return false;
    const isUp = event.key === 'ArrowUp';
    const line = cursorLineOf(element);
    if (isUp ? !line.first : !line.last) return false;
    const prompts = store.path.peek().flatMap((id) => {
      const facts = store.message(id)?.peek();
      return facts?.role === 'user' && facts.text !== '' ? [facts.text] : [];
    });
    const text = isUp ? recall.earlier(element.value, prompts) : recall.later(element.value, prompts);
    if (text === null) return false;
    if (recall.atDraft) draft.set(text);
    else draft.preview(text);
    element.value = text;
    element.setSelectionRange(text.length, text.length);
    element.scrollTop = element.scrollHeight;
    return true;
  };
}

/** An open list belongs to the word before the cursor: it follows the cursor inside the word and closes elsewhere. */
function useCursorWatch(
  input: RefObject<HTMLTextAreaElement | null>,
  suggestions: Suggestions,
  composition: RefObject<boolean>,
): void {
  useEffect(() => {
    const onSelectionChange = (): void => {
      if (composition.current) return;
      if (input.current !== null && document.activeElement === input.current)
        suggestions.moved(triggerIn(input.current));
    };
    document.addEventListener('selectionchange', onSelectionChange);
    return () => {
      document.removeEventListener('selectionchange', onSelectionChange);
    };
  }, [suggestions]);
}

function triggerIn({
  value,
  selectionStart,
  selectionEnd,
}: HTMLTextAreaElement): ReturnType<typeof findTrigger> {
  return selectionStart === selectionEnd ? findTrigger(value, selectionStart) : null;
}
