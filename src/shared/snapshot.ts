import type { Conversation, Message } from './conversation';
import type { ConversationSnapshot } from './messages';

/** A conversation as plain data, for crossing the glass. */
export function takeSnapshot(conversation: Conversation): ConversationSnapshot {
  return { ...conversation, messages: [...conversation.messages.values()] };
}

/** The conversation that a snapshot was taken of, owned by the caller. */
export function restoreSnapshot(snapshot: ConversationSnapshot): Conversation {
  return {
    ...snapshot,
    roots: [...snapshot.roots],
    messages: new Map(
      snapshot.messages.map((message): [string, Message] => [
        message.id,
        { ...message, children: [...message.children] },
      ]),
    ),
  };
}
