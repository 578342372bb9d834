import type { ConversationEvent, EventOf } from '../shared/events';

/** A piece of an answer, as opposed to something that happens once. */
export type DeltaEvent = EventOf<'text-appended'> | EventOf<'reasoning-appended'>;

export function isDelta(event: ConversationEvent): event is DeltaEvent {
  return event.kind === 'text-appended' || event.kind === 'reasoning-appended';
}

/**
 * Adds `event` to the end of `events`, as part of the last one when both are deltas of the same kind
 * for the same message: reducing gives the same, and a fast stream makes one line instead of many.
 * The first delta's time stays, because it tells when the text began.
 */
export function pushMerged(events: ConversationEvent[], event: ConversationEvent): void {
  const last = events.at(-1);
  if (last !== undefined && isDelta(last) && last.kind === event.kind && last.id === event.id) {
    events[events.length - 1] = { ...last, text: last.text + event.text };
  } else {
    events.push(event);
  }
}
