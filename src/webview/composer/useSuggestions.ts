import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from '../state/panelParts';
import { useComposerField } from './composerField';
import { editText } from './editText';
import { Suggestions } from './suggestions';
import type { Suggestion } from './suggestions';
import type { Trigger } from './trigger';

interface SuggestionParts {
  readonly suggestions: Suggestions;
  readonly choose: (option: Suggestion) => void;
  /** True from choosing a prompt until its text arrives, which takes milliseconds. */
  readonly awaitsPrompt: () => boolean;
}

/** How long a chosen prompt may take, in milliseconds. After that it cannot be read, and the host says so. */
const promptPatience = 1_000;

/** The list that `@`, `#` and `/` open, and the changes that a choice makes to the text. */
export function useSuggestions(input: RefObject<HTMLTextAreaElement | null>): SuggestionParts {
  const { post, replies, t } = usePanel();
  const { place } = useComposerField();
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
        post('use-prompt', { id: chosen.id, ...place });
        return;
      }
      suggestions.close();
      removeWord(element, trigger);
      if (chosen.intent === 'attach-found') post('attach-found', { id: chosen.id, ...place });
      else post('attach-context', { source: chosen.source, ...searched(chosen, element.value), ...place });
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
    if (insertion === null || insertion.edit !== place.edit || element === null) return;
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

/** How much of a prompt `#codebase` searches for, in UTF-16 units. */
const longestQuestion = 4_000;

/** The text that the chosen source needs. */
function searched(chosen: Suggestion['chosen'], text: string): { readonly text?: string } {
  const isSearch = chosen.intent === 'attach-context' && chosen.source === 'codebase';
  return isSearch && text.trim() !== '' ? { text: text.trim().slice(0, longestQuestion) } : {};
}

/** Removes the word, and one of two spaces that would meet. */
function removeWord(element: HTMLTextAreaElement, { start, end }: Trigger): void {
  const { value } = element;
  const meets = (start === 0 || /\s/u.test(value.charAt(start - 1))) && value.charAt(end) === ' ';
  editText(element, start, meets ? end + 1 : end, '');
}
