import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { lazyComponent } from '../kit/lazyComponent';
import { usePanel } from '../state/panelParts';
import { ComposerInput } from './composerInput';
import type { Notice } from './composerNotice';
import { ComposerNotice } from './composerNotice';
import { ContextChips } from './contextChips';
import { ContextMeter } from './contextMeter';
import { DropOverlay } from './dropOverlay';
import { editText } from './editText';
import { PasteAndDrop } from './pasteAndDrop';
import { isSendable } from './isSendable';
import { ComparisonChip, ModelButtons } from './modelButtons';
import { PromptRecall } from './promptRecall';
import { SendButtons } from './sendButtons';
import { Suggestions } from './suggestions';
import type { Suggestion } from './suggestions';
import type { Trigger } from './trigger';
import { WaitingPrompts } from './waitingPrompts';

/** Needed after `@`, `#` or `/`, but not for the first view of the panel. */
const SuggestionList = lazyComponent(async () => (await import('./suggestionList')).SuggestionList);

/**
 * The composer: the input for prompts and everything around it. A prompt that is sent while an answer streams waits for
 * its turn.
 */
export function Composer(): JSX.Element {
  const { store, draft, post, follower, t, reportFailure } = usePanel();
  const input = useRef<HTMLTextAreaElement>(null);
  const compareButton = useRef<HTMLButtonElement>(null);
  const notice = useSignal<Notice | null>(null);
  const [recall] = useState(() => new PromptRecall());
  const { suggestions, choose, awaitsPrompt } = useSuggestions(input);
  const insert = (text: string): void => {
    if (input.current !== null) insertAtCursor(input.current, text);
  };
  const chipIds = (): ReadonlySet<string> =>
    new Set((store.state.peek()?.attachments ?? []).map(({ id }) => id));
  const [intake] = useState(() => new PasteAndDrop({ post, t, notice, chipIds, insert, reportFailure }));
  const startAnew = (): void => {
    recall.reset();
    suggestions.close();
    notice.value = null;
  };
  useSignalEffect(() => {
    if (store.conversationId.value !== null) startAnew();
  });
  const send = (interrupt: boolean): void => {
    // A chosen `/word` is not a prompt: if Enter is pressed twice, the second one waits for the chosen text.
    if (awaitsPrompt()) return;
    const text = draft.text.peek().trim();
    if (!isSendable(text, store.state.peek()?.attachments ?? [])) return;
    const streaming = store.streaming.peek();
    post('submit', streaming && interrupt ? { text, interrupt } : { text });
    draft.set('');
    startAnew();
    // A queued prompt does not change what the reader sees, so the view does not scroll.
    if (!streaming || interrupt) follower.follow();
    input.current?.focus();
  };
  return (
    <div class="composer">
      <WaitingPrompts />
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
          input={input}
          suggestions={suggestions}
          intake={intake}
          recall={recall}
          onSend={send}
        />
        <ComparisonChip compareButton={compareButton} />
        <div class="composer-footer">
          <IconButton
            icon="attach"
            label={t('Attach')}
            hint={t('Attach context, or hold Shift and drop files here')}
            onPress={() => {
              post('attach', {});
            }}
          />
          <ModelButtons compareButton={compareButton} />
          <ContextMeter />
          <SendButtons onSend={send} />
        </div>
        <DropOverlay intake={intake} />
      </div>
    </div>
  );
}

interface SuggestionParts {
  readonly suggestions: Suggestions;
  readonly choose: (option: Suggestion) => void;
  /** True from choosing a prompt until its text arrives, which takes milliseconds. */
  readonly awaitsPrompt: () => boolean;
}

/** How long a chosen prompt may take, in milliseconds. After that it cannot be read, and the host says so. */
const promptPatience = 1_000;

/** The list that `@`, `#` and `/` open, and the changes that a choice makes to the text. */
function useSuggestions(input: RefObject<HTMLTextAreaElement | null>): SuggestionParts {
  const { post, replies, t } = usePanel();
  /** The chosen `/word`, until its prompt arrives. */
  const awaited = useRef<{ readonly trigger: Trigger; readonly word: string; readonly since: number } | null>(
    null,
  );
  const [parts] = useState(() => {
    const choose = ({ chosen }: Suggestion): void => {
      const element = input.current;
      const trigger = suggestions.trigger.peek();
      if (element === null || trigger === null) return;
      if (chosen.intent === 'use-prompt') {
        suggestions.dismiss();
        const word = element.value.slice(trigger.start, trigger.end);
        awaited.current = { trigger, word, since: performance.now() };
        post('use-prompt', { id: chosen.id });
        return;
      }
      suggestions.close();
      removeWord(element, trigger);
      if (chosen.intent === 'attach-found') post('attach-found', { id: chosen.id });
      else post('attach-context', { source: chosen.source });
    };
    const suggestions = new Suggestions({ post, replies, t }, choose);
    const awaitsPrompt = (): boolean =>
      awaited.current !== null && performance.now() - awaited.current.since < promptPatience;
    return { suggestions, choose, awaitsPrompt };
  });
  useEffect(
    () => () => {
      parts.suggestions.dispose();
    },
    [parts],
  );
  useSignalEffect(() => {
    const insertion = replies.insertion.value;
    const element = input.current;
    if (insertion === null || element === null) return;
    replies.insertion.value = null;
    const over = awaited.current;
    awaited.current = null;
    const isThere = over !== null && element.value.slice(over.trigger.start, over.trigger.end) === over.word;
    const start = isThere ? over.trigger.start : element.selectionStart;
    editText(element, start, isThere ? over.trigger.end : element.selectionEnd, insertion.text);
    element.setSelectionRange(start + insertion.selectStart, start + insertion.selectEnd);
    parts.suggestions.close();
  });
  return parts;
}

/** Removes the word, and one of two spaces that would meet. */
function removeWord(element: HTMLTextAreaElement, { start, end }: Trigger): void {
  const { value } = element;
  const meets = (start === 0 || /\s/u.test(value.charAt(start - 1))) && value.charAt(end) === ' ';
  editText(element, start, meets ? end + 1 : end, '');
}

function insertAtCursor(element: HTMLTextAreaElement, text: string): void {
  element.focus();
  if (text !== '') editText(element, element.selectionStart, element.selectionEnd, text);
}

/** A click on the empty parts of the frame focuses the input. */
function focusInstead(event: MouseEvent, input: HTMLElement | null): void {
  if (event.target instanceof Element && event.target.closest('button, textarea, .suggestions') !== null)
    return;
  event.preventDefault();
  input?.focus();
}
