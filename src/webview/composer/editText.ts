/**
 * Replaces a part of the input's text as if it had been typed, so that Undo takes it back, and puts the cursor behind
 * it. The input tells of it by its `input` event.
 */
export function editText(input: HTMLTextAreaElement, start: number, end: number, text: string): void {
  input.focus();
  input.setSelectionRange(start, end);
  if (start === end && text === '') return;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- because Undo takes nothing back that was edited in another way, and no successor does that
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return;
  input.setRangeText(text, start, end, 'end');
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
