import type { ConversationEvent, EventOf } from '../../shared/conversation/conversationEvent';

/** A piece of an answer, as opposed to something that happens once. */
export type DeltaEvent = EventOf<'text-appended'> | EventOf<'reasoning-appended'>;

/** A line of a journal that grew longer, in UTF-16 units, would come near the longest that can be read again. */
const longestText = 1_000_000;

/** Whether an event is a piece of an answer. */
export function isDelta(event: ConversationEvent): event is DeltaEvent {
  return event.kind === 'text-appended' || event.kind === 'reasoning-appended';
}

/**
 * Adds `event` to the end of `events`, as part of the last one when both are deltas of the same kind
 * for the same message: reducing gives the same, and a fast stream makes one line instead of many.
 * The first delta's time stays, because it tells when the text began. No text becomes longer than a million
 * units, and a longer one is added in pieces: an answer may come faster than the disk takes it.
 */
export function pushMerged(events: ConversationEvent[], event: ConversationEvent): void {
  const last = events.at(-1);
  if (!isDelta(event)) {
    events.push(event);
  } else if (event.text.length > longestText) {
    for (let start = 0; start < event.text.length; start += longestText) {
      events.push({ ...event, text: event.text.slice(start, start + longestText) });
    }
  } else if (last !== undefined && isDelta(last) && isContinuation(last, event)) {
    events[events.length - 1] = { ...last, text: last.text + event.text };
  } else {
    events.push(event);
  }
}

function isContinuation(last: DeltaEvent, event: DeltaEvent): boolean {
  return (
    last.kind === event.kind && last.id === event.id && last.text.length + event.text.length <= longestText
  );
}
