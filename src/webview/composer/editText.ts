/**
 * Replaces a part of the input's text as typing would, so that Undo works, and puts the cursor after it. The input
 * fires its `input` event.
 */
export function editText(input: HTMLTextAreaElement, start: number, end: number, text: string): void {
  input.focus();
  input.setSelectionRange(start, end);
  if (start === end && text === '') return;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- only this keeps the browser's Undo, and it has no successor
  if (document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return;
  input.setRangeText(text, start, end, 'end');
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
