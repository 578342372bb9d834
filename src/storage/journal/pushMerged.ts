import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { isDelta, joinDeltas } from '../../shared/conversation/joinDeltas';

/** The longest text of one event, in UTF-16 code units. Keeps lines far below `longestLine`. */
const longestText = 1_000_000;

/**
 * Appends `event` to `events`. If it is a delta of the same kind and message as the last event, the two become one event,
 * which reduces to the same conversation, so that a fast stream makes few lines. The merged event keeps the time of the
 * first delta, because that is when the text began. A text longer than a million UTF-16 code units is split, because deltas
 * may arrive faster than the disk writes them.
 */
export function pushMerged(events: ConversationEvent[], event: ConversationEvent): void {
  if (isDelta(event) && event.text.length > longestText) {
    for (let start = 0; start < event.text.length; start += longestText) {
      events.push({ ...event, text: event.text.slice(start, start + longestText) });
    }
    return;
  }
  const joined = joinDeltas(events.at(-1), event);
  if (joined !== undefined && joined.text.length <= longestText) events[events.length - 1] = joined;
  else events.push(event);
}
