import type { ConversationEvent, EventOf } from '../../shared/conversation/conversationEvent';

/** An event that appends a delta to an answer. */
export type DeltaEvent = EventOf<'text-appended'> | EventOf<'reasoning-appended'>;

/** The longest text of one event, in UTF-16 code units. Keeps lines far below `longestLine`. */
const longestText = 1_000_000;

/** True if the event appends a delta to an answer. */
export function isDelta(event: ConversationEvent): event is DeltaEvent {
  return event.kind === 'text-appended' || event.kind === 'reasoning-appended';
}

/**
 * Appends `event` to `events`. If it is a delta of the same kind and message as the last event, the two become one event,
 * which reduces to the same conversation, so that a fast stream makes few lines. The merged event keeps the time of the
 * first delta, because that is when the text began. A text longer than a million UTF-16 code units is split, because deltas
 * may arrive faster than the disk writes them.
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
