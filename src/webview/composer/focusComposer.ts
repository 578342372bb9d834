/** The id of the input element. */
export const composerInputId = 'composer-input';

/** Puts the cursor at the end of the composer's text after the current changes are drawn. */
export function focusComposer(): void {
  requestAnimationFrame(takeFocus);
}

/** Does the same, unless another element, such as a part that has just opened, has taken the focus meanwhile. */
export function offerFocusToComposer(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) takeFocus();
  });
}

function takeFocus(): void {
  const input = document.getElementById(composerInputId);
  if (!(input instanceof HTMLTextAreaElement)) return;
  input.focus();
  input.setSelectionRange(input.value.length, input.value.length);
}
