import type { Conversation, Message } from '../conversation/conversation';
import type { ConversationSnapshot } from './toView';

/**
 * A conversation as plain data, for crossing the glass. A copy: what happens to the conversation
 * before the snapshot is sent must not be in it and arrive once more as an event.
 */
export function takeSnapshot(conversation: Conversation): ConversationSnapshot {
  return {
    ...conversation,
    roots: [...conversation.roots],
    messages: Array.from(conversation.messages.values(), copyOf),
  };
}

/** The conversation that a snapshot was taken of, owned by the caller. */
export function restoreSnapshot(snapshot: ConversationSnapshot): Conversation {
  return {
    ...snapshot,
    roots: [...snapshot.roots],
    messages: new Map(snapshot.messages.map((message): [string, Message] => [message.id, copyOf(message)])),
  };
}

function copyOf(message: Message): Message {
  const copy = { ...message, children: [...message.children] };
  if (copy.role !== 'assistant') return copy;
  const { media, tokens, toolCalls, adaptations } = copy;
  return {
    ...copy,
    media: [...media],
    tokens: [...tokens],
    toolCalls: [...toolCalls],
    adaptations: [...adaptations],
  };
}
