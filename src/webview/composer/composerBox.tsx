import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { lazyComponent } from '../kit/lazyComponent';
import { usePanel } from '../state/panelParts';
import { useComposerField } from './composerField';
import { ComposerInput } from './composerInput';
import type { Notice } from './composerNotice';
import { ComposerNotice } from './composerNotice';
import { ContextChips } from './contextChips';
import { DropOverlay } from './dropOverlay';
import { editText } from './editText';
import { isSendable } from './isSendable';
import { PasteAndDrop } from './pasteAndDrop';
import type { PromptRecall } from './promptRecall';
import { useSuggestions } from './useSuggestions';

/** Needed after `@`, `#` or `/`, but not for the first view of the panel. */
const SuggestionList = lazyComponent(async () => (await import('./suggestionList')).SuggestionList);

interface ComposerBoxProps {
  /** The name of the input. */
  readonly label: string;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  /** Earlier prompts for Up and Down; null where they are not recalled. */
  readonly recall: PromptRecall | null;
  /**
   * Sends a prompt that is not empty. `interrupt` stops the streaming answer. Returns false if the prompt stays in the
   * input.
   */
  readonly onSend: (text: string, interrupt: boolean) => boolean;
  /** Between the input and the row of buttons. */
  readonly above?: JSX.Element;
  /** The buttons after Attach. `send` sends the prompt. */
  readonly buttons: (send: (interrupt: boolean) => void) => JSX.Element;
}

/** The framed input for a prompt with its attachments, its list of suggestions and its buttons. */
export function ComposerBox({ label, input, recall, onSend, above, buttons }: ComposerBoxProps): JSX.Element {
  const { store, post, t, reportFailure } = usePanel();
  const { place, draft, attachments } = useComposerField();
  const notice = useSignal<Notice | null>(null);
  const { suggestions, choose, awaitsPrompt } = useSuggestions(input);
  const insert = (text: string): void => {
    if (input.current !== null) insertAtCursor(input.current, text);
  };
  const chipIds = (): ReadonlySet<string> => new Set(attachments.peek().map(({ id }) => id));
  const [intake] = useState(
    () => new PasteAndDrop({ post, place, t, notice, chipIds, insert, reportFailure }),
  );
  const reset = (): void => {
    recall?.reset();
    suggestions.close();
    notice.value = null;
  };
  useSignalEffect(() => {
    if (store.conversationId.value !== null) reset();
  });
  const send = (interrupt: boolean): void => {
    // A chosen `/word` is not a prompt: if Enter is pressed twice, the second one waits for the chosen text.
    if (awaitsPrompt()) return;
    const text = draft.text.peek().trim();
    const offer = store.state.peek()?.generation;
    const settings = store.parameters.peek().generation;
    if (isSendable(text, attachments.peek(), offer, settings) && onSend(text, interrupt)) reset();
  };
  return (
    <>
      <ComposerNotice notice={notice} onInsert={insert} />
      <div
        class="composer-box"
        onMouseDown={(event) => {
          focusInstead(event, input.current);
        }}
      >
        <SuggestionList suggestions={suggestions} onChoose={choose} />
        <ContextChips />
        <ComposerInput
          label={label}
          input={input}
          suggestions={suggestions}
          intake={intake}
          recall={recall}
          onSend={send}
        />
        {above}
        <div class="composer-footer">
          <IconButton
            icon="attach"
            label={t('Attach')}
            hint={t('Attach context, or hold Shift and drop files here')}
            onPress={() => {
              post('attach', place);
            }}
          />
          {buttons(send)}
        </div>
        <DropOverlay intake={intake} input={input} />
      </div>
    </>
  );
}

function insertAtCursor(element: HTMLTextAreaElement, text: string): void {
  element.focus();
  if (text !== '') editText(element, element.selectionStart, element.selectionEnd, text);
}

/** A click on the empty parts of the frame focuses the input. */
function focusInstead(event: MouseEvent, input: HTMLElement | null): void {
  if (
    event.target instanceof Element &&
    event.target.closest('button, textarea, .suggestions, [role=dialog]') !== null
  )
    return;
  event.preventDefault();
  input?.focus();
}
