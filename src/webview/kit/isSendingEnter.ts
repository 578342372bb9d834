/** The `keyCode` of keys that an input method has taken. */
const takenByInputMethod = 229;

/**
 * True for the Enter that sends: not with Shift, which breaks the line, and not the one that ends a
 * composition in an input method (some of which say so by `keyCode` alone).
 */
export function isSendingEnter(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !isComposing(event);
}

/** True while an input method handles the key. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- because Safari ends a composition before its last key, which only `keyCode` still tells
  return event.isComposing || event.keyCode === takenByInputMethod;
}

/**
 * Keeps the keys that an input method handles from everything in the page: the Enter and the Escape that end a composition
 * send, stop and close nothing, wherever they are pressed. To be called once, before other listeners are added.
 */
export function keepKeysOfInputMethods(): void {
  addEventListener(
    'keydown',
    (event) => {
      if (isComposing(event)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
