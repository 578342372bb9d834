import type { Conversation } from '../../../src/shared/conversation';
import type { ConversationEvent } from '../../../src/shared/events';
import { emptyConversation } from '../../../src/shared/conversation';
import { reduce } from '../../../src/shared/reduce';

/** The conversation that these events make, counted from its first event as a store does. */
export function reduceAll(id: string, events: readonly ConversationEvent[]): Conversation {
  const conversation = emptyConversation(id, events[0]?.at ?? 0);
  for (const event of events) reduce(conversation, event);
  return conversation;
}
