import type { AnswerPart } from '../answer/answerPart';
import type { Conversation, Message } from '../conversation/conversation';
import type { ConversationSnapshot } from './toView';

/**
 * Copies a conversation as plain data, to send it to the webview. It must be a copy: otherwise an event that happens before the
 * snapshot is sent would be in the snapshot and be sent again as an event.
 */
export function takeSnapshot(conversation: Conversation): ConversationSnapshot {
  return {
    ...conversation,
    roots: [...conversation.roots],
    backgroundRequests: [...conversation.backgroundRequests],
    messages: Array.from(conversation.messages.values(), copyOf),
  };
}

/** Builds the conversation of a snapshot. It shares no mutable data with the snapshot. */
export function restoreSnapshot(snapshot: ConversationSnapshot): Conversation {
  return {
    ...snapshot,
    roots: [...snapshot.roots],
    backgroundRequests: [...(snapshot.backgroundRequests ?? [])],
    messages: new Map(snapshot.messages.map((message): [string, Message] => [message.id, copyOf(message)])),
  };
}

function copyOf(message: Message): Message {
  const copy = { ...message, children: [...message.children] };
  if (copy.role !== 'assistant') return copy;
  const { parts, tokens, adaptations } = copy;
  return { ...copy, parts: parts.map(copyOfPart), tokens: [...tokens], adaptations: [...adaptations] };
}

/** `reduce` changes parts in place, so each side needs its own. */
function copyOfPart(part: AnswerPart): AnswerPart {
  switch (part.kind) {
    case 'tool-call':
      return { ...part, call: { ...part.call } };
    case 'sources':
      return { ...part, sources: [...part.sources] };
    default:
      return { ...part };
  }
}
