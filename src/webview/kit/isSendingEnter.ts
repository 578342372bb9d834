/** The `keyCode` of keys that an input method handles. */
const takenByInputMethod = 229;

/**
 * True for an Enter that sends: without Shift, which inserts a line break, and not the Enter that ends a composition in
 * an input method (some report that only as `keyCode`).
 */
export function isSendingEnter(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !isComposing(event);
}

/** True while an input method handles the key. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari reports the last key of a composition only by `keyCode`
  return event.isComposing || event.keyCode === takenByInputMethod;
}

/**
 * Stops all keys that an input method handles, so that an Enter or Escape that ends a composition never sends, stops or
 * closes anything. To be called once, before other listeners are added.
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
