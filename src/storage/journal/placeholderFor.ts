import type { AssistantMessage, Conversation } from '../../shared/conversation/conversation';
import type { ConversationEvent, EventOf } from '../../shared/conversation/conversationEvent';

/** Stands where a prompt or a model's name was: gateways refuse an empty prompt, and this is no language's. */
const lost = '…';

type MessageAdded = EventOf<'message-added'>;

/**
 * A message to stand in for the one that `event` refers to and that a damaged line has taken away:
 * without it everything that hangs on it, all the rest of a chat, would go too. Undefined when the
 * event misses none.
 *
 * @param parent Where it goes: the message before it in the journal.
 */
export function placeholderFor(
  event: ConversationEvent,
  conversation: Conversation,
  parent: string | null,
): MessageAdded | undefined {
  const { at } = event;
  switch (event.kind) {
    case 'message-added': {
      const { parent: id, content } = event;
      if (id === null || conversation.messages.has(id)) return undefined;
      const standIn = content.role === 'assistant' ? prompt() : answerIn(conversation);
      return { kind: 'message-added', id, parent, at, content: standIn };
    }
    case 'text-appended':
    case 'reasoning-appended':
    case 'text-became-reasoning':
    case 'sources-added':
    case 'media-added':
    case 'tokens-appended':
    case 'tool-called':
    case 'retry-scheduled':
    case 'request-adapted':
    case 'context-shortened':
    case 'answer-ended':
    case 'answer-resumed':
      if (conversation.messages.has(event.id)) return undefined;
      return { kind: 'message-added', id: event.id, parent, at, content: answerIn(conversation) };
    default:
      return undefined;
  }
}

function prompt(): MessageAdded['content'] {
  return { role: 'user', text: lost, attachments: [] };
}

/** Most likely of the model that answered before. */
function answerIn({ messages }: Conversation): MessageAdded['content'] {
  const answers = [...messages.values()].filter((message): message is AssistantMessage => {
    return message.role === 'assistant';
  });
  const { model = { gatewayId: '', modelId: '' }, modelName = lost } = answers.at(-1) ?? {};
  return { role: 'assistant', model, modelName };
}
