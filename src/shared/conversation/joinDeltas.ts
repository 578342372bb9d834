import type { ConversationEvent, EventOf } from './conversationEvent';

/** A delta: an event that appends to an answer. */
export type DeltaEvent = EventOf<'text-appended' | 'reasoning-appended' | 'tool-call-arguments'>;

/** True for a delta of an answer's text, of its reasoning, or of a tool call's arguments. */
export function isDelta(event: ConversationEvent): event is DeltaEvent {
  return (
    event.kind === 'text-appended' ||
    event.kind === 'reasoning-appended' ||
    event.kind === 'tool-call-arguments'
  );
}

/**
 * Joins two consecutive deltas into one event with the same effect; undefined when they do not continue the same text. The time is
 * that of the first delta, because it states when the text began. An empty delta stays alone: no part begins with it.
 */
export function joinDeltas(
  last: ConversationEvent | undefined,
  next: ConversationEvent,
): DeltaEvent | undefined {
  if (last?.kind !== next.kind || !isDelta(last) || !isDelta(next) || last.id !== next.id) return undefined;
  if (last.text === '') return undefined;
  if (last.kind === 'tool-call-arguments' && next.kind === last.kind && last.index !== next.index) {
    return undefined;
  }
  return { ...last, text: last.text + next.text };
}
