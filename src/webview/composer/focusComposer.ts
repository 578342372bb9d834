/** The id of the input element of the composer. */
export const composerInputId = 'composer-input';

/** The input that had the focus last: the composer's, or that of a prompt's editor. */
let lastInputId = composerInputId;

/** To be called when an input gets the focus. */
export function noteFocusedInput(id: string): void {
  lastInputId = id;
}

/** Puts the cursor at the end of the composer's text after the current changes are drawn. */
export function focusComposer(): void {
  requestAnimationFrame(() => {
    takeFocus(document.getElementById(composerInputId));
  });
}

/** Does the same for the input that had the focus last, if it is still on the page. */
export function focusLastInput(): void {
  requestAnimationFrame(takeFocusBack);
}

/** Does the same, unless another element, such as a part that has just opened, has taken the focus meanwhile. */
export function offerFocusToLastInput(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) takeFocusBack();
  });
}

function takeFocusBack(): void {
  takeFocus(document.getElementById(lastInputId) ?? document.getElementById(composerInputId));
}

function takeFocus(input: HTMLElement | null): void {
  if (!(input instanceof HTMLTextAreaElement)) return;
  input.focus();
  input.setSelectionRange(input.value.length, input.value.length);
}
