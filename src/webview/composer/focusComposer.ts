/** The id of the element that takes what is typed. */
export const composerInputId = 'composer-input';

/** Puts the cursor at the end of the composer's text, once what was just changed is drawn. */
export function focusComposer(): void {
  requestAnimationFrame(takeFocus);
}

/** The same, unless something else, such as a part that just opened, has taken the focus until then. */
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
