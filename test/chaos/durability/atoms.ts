import { isDelta } from '../../../src/shared/conversation/joinDeltas';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';

/**
 * The text of one delta with its name and length, so that a truncated, changed, repeated or misplaced delta is noticed anywhere
 * in the library.
 *
 * @param name Without `:` and `›`.
 */
export function pieceText(name: string, length: number): string {
  return `‹${name}:${length}›${'x'.repeat(length)}`;
}

/**
 * What a journal must contain for an event: its JSON, or the names of the deltas in its text, because the store merges deltas.
 * Throws if the text is not made by `pieceText`.
 */
export function atomsOf(event: ConversationEvent): string[] {
  if (!isDelta(event)) return [JSON.stringify(event)];
  const atoms: string[] = [];
  let rest = event.text;
  while (rest !== '') {
    const [head, name = '', length = '0'] = /^‹([^:›]*):(\d+)›/.exec(rest) ?? [];
    const whole = pieceText(name, Number(length));
    if (head === undefined || !rest.startsWith(whole)) {
      throw new Error(`A delta that no window wrote: ${rest.slice(0, 60)}`);
    }
    atoms.push(`${event.kind} ${event.id} ${name}`);
    rest = rest.slice(whole.length);
  }
  return atoms;
}
