/** What the server is to send, as the id of the model that is asked. */
export type Plan =
  /** So many events, at so many a second. */
  | { readonly kind: 'paced'; readonly count: number; readonly rate: number }
  /** So many events of a thousand characters, as fast as they are taken. */
  | { readonly kind: 'burst'; readonly count: number }
  /** Events one by one, each in a turn of the event loop of its own, until nobody listens any more. */
  | { readonly kind: 'steps' };

/** How long the text of an event of a burst is, in characters. */
export const lineLength = 1_000;

/** The text of the event with this number: every event says which one it is. */
export function wordOf(number: number): string {
  return `${number} `;
}

/** The text of the event with this number in a burst: its number, and filling that depends on it. */
export function lineOf(number: number): string {
  const word = wordOf(number);
  return word.repeat(Math.ceil(lineLength / word.length)).slice(0, lineLength - 1) + '\n';
}

/** The text of the events from 0 to `count`, in order. */
export function wordsUpTo(count: number): string {
  return Array.from({ length: count }, (_, number) => wordOf(number)).join('');
}
