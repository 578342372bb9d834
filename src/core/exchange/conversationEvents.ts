import type { Conversation, Message } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { replayMessage } from '../conversation/replayMessages';

/**
 * The events that make a whole conversation anew, with every version and what is selected: reducing
 * them gives an equal one.
 *
 * @param id Of the new conversation; ids of messages stay.
 */
export function conversationEvents(conversation: Conversation, id: string): ConversationEvent[] {
  const { createdAt, updatedAt, title, titleSource, pinned } = conversation;
  const messages = [...conversation.messages.values()];
  const replayed = messages.flatMap((message) => replayMessage(message, message.id, message.parent, null));
  const latest = messages.reduce(
    (time, message) =>
      Math.max(time, message.createdAt, message.role === 'assistant' ? (message.endedAt ?? 0) : 0),
    createdAt,
  );
  return [
    // Only a time of creation can say when a conversation was last changed by what it no longer shows.
    ...(latest < updatedAt ? [{ kind: 'conversation-created' as const, id, at: updatedAt }] : []),
    { kind: 'conversation-created', id, at: createdAt },
    ...(titleSource === null
      ? []
      : [{ kind: 'title-changed' as const, title, source: titleSource, at: createdAt }]),
    ...replayed,
    ...messages.flatMap((message) =>
      message.role === 'user' && message.comparison !== null
        ? [
            {
              kind: 'comparison-started' as const,
              id: message.id,
              answers: [...message.comparison],
              at: message.createdAt,
            },
          ]
        : [],
    ),
    ...selections(conversation),
    ...(pinned ? [{ kind: 'pin-changed' as const, pinned, at: createdAt }] : []),
  ];
}

/** From the deepest up: selecting a version says also what is selected above it, and nothing of what is below. */
function selections({ messages, selectedRoot, roots }: Conversation): ConversationEvent[] {
  const depths = new Map<string, number>();
  const chosen: Message[] = [];
  // A message stands in the map after its parent.
  for (const message of messages.values()) {
    depths.set(message.id, (message.parent === null ? 0 : (depths.get(message.parent) ?? 0)) + 1);
    const siblings = message.parent === null ? roots : (messages.get(message.parent)?.children ?? []);
    const selected =
      message.parent === null ? selectedRoot : (messages.get(message.parent)?.selectedChild ?? null);
    if (siblings.length > 1 && message.id === selected) chosen.push(message);
  }
  return chosen
    .sort((left, right) => (depths.get(right.id) ?? 0) - (depths.get(left.id) ?? 0))
    .map(({ id, createdAt }) => ({ kind: 'version-selected', id, at: createdAt }));
}
