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
