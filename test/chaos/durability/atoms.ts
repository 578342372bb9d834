import { isDelta } from '../../../src/shared/conversation/joinDeltas';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';

/**
 * Text of one piece of an answer that says which it is and how long, so that a piece that is cut, changed, doubled or in the
 * wrong place is noticed wherever the store has put it.
 *
 * @param name Without `:` and `›`.
 */
export function pieceText(name: string, length: number): string {
  return `‹${name}:${length}›${'x'.repeat(length)}`;
}

/**
 * What a journal must hold for an event: its JSON, or the names of the pieces in its text, one by one, since the store joins
 * neighbours. Throws when the text is not as `pieceText` made it.
 */
export function atomsOf(event: ConversationEvent): string[] {
  if (!isDelta(event)) return [JSON.stringify(event)];
  const atoms: string[] = [];
  let rest = event.text;
  while (rest !== '') {
    const [head, name = '', length = '0'] = /^‹([^:›]*):(\d+)›/.exec(rest) ?? [];
    const whole = pieceText(name, Number(length));
    if (head === undefined || !rest.startsWith(whole)) {
      throw new Error(`A piece that nobody wrote: ${rest.slice(0, 60)}`);
    }
    atoms.push(`${event.kind} ${event.id} ${name}`);
    rest = rest.slice(whole.length);
  }
  return atoms;
}
