import { isDefault } from '../../shared/conversation/chatParameters';
import type { Conversation, Message } from '../../shared/conversation/conversation';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { replayMessage } from '../conversation/replayMessages';

/**
 * The events that build an equal conversation, with all versions and the selected path.
 *
 * @param id Id of the new conversation. The ids of its messages stay the same.
 */
export function conversationEvents(conversation: Conversation, id: string): ConversationEvent[] {
  const { createdAt, updatedAt, title, titleSource, pinned, origin, parameters, backgroundRequests } =
    conversation;
  const messages = [...conversation.messages.values()];
  const replayed = messages.flatMap((message) => replayMessage(message, message.id, message.parent, null));
  const latest = messages.reduce(
    (time, message) =>
      Math.max(time, message.createdAt, message.role === 'assistant' ? (message.endedAt ?? 0) : 0),
    createdAt,
  );
  return [
    // The last change may have left no trace in a message. Only a `conversation-created` event can carry its time.
    ...(latest < updatedAt ? [{ kind: 'conversation-created' as const, id, at: updatedAt }] : []),
    { kind: 'conversation-created', id, at: createdAt, ...(origin !== undefined && { origin }) },
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
    ...backgroundRequests.map((request) => ({
      kind: 'background-requested' as const,
      request,
      at: createdAt,
    })),
    ...(isDefault(parameters) ? [] : [{ kind: 'parameters-changed' as const, parameters, at: createdAt }]),
    ...(pinned ? [{ kind: 'pin-changed' as const, pinned, at: createdAt }] : []),
  ];
}

/** Selection events, deepest message first: selecting a version also selects the path above it. */
function selections({ messages, selectedRoot, roots }: Conversation): ConversationEvent[] {
  const depths = new Map<string, number>();
  const chosen: Message[] = [];
  // In the map, a parent comes before its children.
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
