import type { AssistantMessage, Conversation } from '../../shared/conversation/conversation';
import type { ConversationEvent, EventOf } from '../../shared/conversation/conversationEvent';

/** The text of a lost prompt or model name. Not empty, because gateways reject empty prompts; the same in every language. */
const lost = '…';

type MessageAdded = EventOf<'message-added'>;

/**
 * Makes a placeholder for the message that `event` refers to and that was lost with a damaged line. Without it, all later
 * messages below it would be lost, too. Undefined if no message is missing.
 *
 * @param parent The parent of the placeholder: the previous message in the journal.
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
      const placeholder = content.role === 'assistant' ? prompt() : answerIn(conversation);
      return { kind: 'message-added', id, parent, at, content: placeholder };
    }
    case 'text-appended':
    case 'reasoning-appended':
    case 'text-became-reasoning':
    case 'sources-added':
    case 'media-added':
    case 'tokens-appended':
    case 'tool-call-started':
    case 'tool-call-arguments':
    case 'tool-called':
    case 'tool-call-state':
    case 'reasoning-kept':
    case 'retry-scheduled':
    case 'request-adapted':
    case 'context-shortened':
    case 'prompt-sent':
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

/** An empty answer of the model that answered last. */
function answerIn({ messages }: Conversation): MessageAdded['content'] {
  const answers = [...messages.values()].filter((message): message is AssistantMessage => {
    return message.role === 'assistant';
  });
  const { model = { gatewayId: '', modelId: '' }, modelName = lost } = answers.at(-1) ?? {};
  return { role: 'assistant', model, modelName };
}
