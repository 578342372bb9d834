import { findFieldId } from '../find/findFieldId';
import { isComposing } from '../kit/isSendingEnter';
import { isMac } from '../kit/isMac';
import type { PanelParts } from '../state/panelParts';
import { navigate } from './navigate';

/**
 * Handles the keys that work everywhere in the panel:
 *
 * - Ctrl+F (Cmd+F): find in chat
 * - Alt+Up, Alt+Down: previous and next prompt
 * - Alt+Shift+Up, Alt+Shift+Down: previous and next code block
 * - Page Up, Page Down on a message: the message before and after it, as in every feed
 * - `?` outside of text fields: the shortcuts
 *
 * VS Code binds Alt+Up and similar keys only in editors. On macOS they move and select by paragraphs in a text field,
 * and still do while the field has text. Returns true if the key was one of these.
 */
export function handlePanelKey(parts: PanelParts, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || isComposing(event)) return false;
  const { key, altKey, shiftKey } = event;
  const command = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  const open = parts.openPart.peek();
  if (open === 'history' || open === 'shortcuts') return false;
  if (command && !altKey && !shiftKey && key.toLowerCase() === 'f') {
    openFind(parts);
    return true;
  }
  if (event.ctrlKey || event.metaKey) return false;
  if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    if (isMac && holdsText(event.target)) return false;
    navigate(parts, shiftKey ? 'code' : 'prompt', key === 'ArrowUp' ? -1 : 1);
    return true;
  }
  if (altKey) return false;
  if ((key === 'PageUp' || key === 'PageDown') && !shiftKey && isMessage(event.target)) {
    navigate(parts, 'message', key === 'PageUp' ? -1 : 1);
    return true;
  }
  if (key === '?' && !isField(event.target)) {
    parts.openPart.value = 'shortcuts';
    return true;
  }
  return false;
}

function openFind({ openPart }: PanelParts): void {
  const field = document.getElementById(findFieldId);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  } else {
    openPart.value = 'find';
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function holdsText(target: EventTarget | null): boolean {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value !== '';
}

function isMessage(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('message');
}
