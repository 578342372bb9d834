import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { emptyConversation } from '../../../src/shared/conversation/conversation';
import { reduce } from '../../../src/shared/conversation/reduce';

/** The conversation that results from these events. */
export function reduceAll(id: string, events: readonly ConversationEvent[]): Conversation {
  const conversation = emptyConversation(id, events[0]?.at ?? 0);
  for (const event of events) reduce(conversation, event);
  return conversation;
}
