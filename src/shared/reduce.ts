import type { Conversation, Message } from './conversation';
import type { ConversationEvent, EventOf } from './events';

/**
 * Applies one event to a conversation, in place: an answer is thousands of events, and a copy for
 * each would make the cost of a delta grow with the conversation. The caller owns the conversation.
 *
 * Never throws. An event that makes no sense here (an unknown message, a second message with one
 * id, a parent that does not exist) changes nothing and returns false, so a damaged journal still
 * yields all that is whole in it. Text that comes after an answer's end is kept.
 */
export function reduce(conversation: Conversation, event: ConversationEvent): boolean {
  switch (event.kind) {
    case 'conversation-created':
      conversation.id = event.id;
      conversation.createdAt = event.at;
      conversation.updatedAt = Math.max(conversation.updatedAt, event.at);
      return true;
    case 'title-changed':
      conversation.title = event.title;
      conversation.titleSource = event.source;
      return true;
    case 'message-added':
      return addMessage(conversation, event);
    case 'text-appended': {
      const message = conversation.messages.get(event.id);
      if (message?.role !== 'assistant') return false;
      message.textStartedAt ??= event.at;
      message.text += event.text;
      return true;
    }
    case 'reasoning-appended': {
      const message = conversation.messages.get(event.id);
      if (message?.role !== 'assistant') return false;
      message.reasoning += event.text;
      return true;
    }
    case 'answer-ended': {
      const message = conversation.messages.get(event.id);
      if (message?.role !== 'assistant') return false;
      message.ending = event.ending;
      message.usage = event.usage;
      message.servedModel = event.servedModel;
      message.endedAt = event.at;
      conversation.updatedAt = Math.max(conversation.updatedAt, event.at);
      return true;
    }
    case 'answer-resumed': {
      const message = conversation.messages.get(event.id);
      if (message?.role !== 'assistant') return false;
      message.ending = null;
      message.endedAt = null;
      return true;
    }
    case 'version-selected':
      return selectPathThrough(conversation, event.id);
  }
}

function addMessage(conversation: Conversation, event: EventOf<'message-added'>): boolean {
  if (conversation.messages.has(event.id)) return false;
  if (event.parent !== null && !conversation.messages.has(event.parent)) return false;
  conversation.messages.set(event.id, messageFrom(event));
  const siblings =
    event.parent === null ? conversation.roots : conversation.messages.get(event.parent)?.children;
  siblings?.push(event.id);
  conversation.updatedAt = Math.max(conversation.updatedAt, event.at);
  return selectPathThrough(conversation, event.id);
}

function messageFrom(event: EventOf<'message-added'>): Message {
  const base = {
    id: event.id,
    parent: event.parent,
    children: [],
    selectedChild: null,
    createdAt: event.at,
  };
  // What a message says never decides where it stands: the base comes last.
  if (event.content.role === 'user') return { ...event.content, ...base };
  return {
    ...event.content,
    ...base,
    text: '',
    reasoning: '',
    ending: null,
    usage: null,
    servedModel: null,
    textStartedAt: null,
    endedAt: null,
  };
}

/** Makes every ancestor of `id` point down towards it. What is selected below `id` stays. */
function selectPathThrough(conversation: Conversation, id: string): boolean {
  let message = conversation.messages.get(id);
  if (message === undefined) return false;
  while (message.parent !== null) {
    const parent = conversation.messages.get(message.parent);
    if (parent === undefined) return false;
    parent.selectedChild = message.id;
    message = parent;
  }
  conversation.selectedRoot = message.id;
  return true;
}
