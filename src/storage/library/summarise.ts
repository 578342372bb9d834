import type { ConversationSummary } from '../../core/ports/conversationStore';
import {
  selectedPath,
  type AssistantMessage,
  type Conversation,
  type Message,
} from '../../shared/conversation/conversation';
import { titleFromPrompt } from '../../core/conversation/titleFromPrompt';

/**
 * The summary of a conversation for the list; null if it has no message. `messageCount` counts the messages of the selected
 * path, which the user sees.
 */
export function summarise(conversation: Conversation): ConversationSummary | null {
  const path = selectedPath(conversation);
  if (path.length === 0) return null;
  const { id, createdAt, updatedAt, pinned } = conversation;
  const prompt = path.find((message) => message.role === 'user');
  const title =
    conversation.title || (prompt === undefined ? '' : titleFromPrompt(prompt.text, prompt.attachments));
  return {
    id,
    title,
    createdAt,
    updatedAt,
    messageCount: path.length,
    pinned,
    failed: hasFailed(conversation),
    models: modelsOf(conversation, path),
  };
}

/** A title that the user wrote shows that the conversation matters in spite of its failure. */
function hasFailed({ messages, titleSource }: Conversation): boolean {
  const all = [...messages.values()];
  const answers = all.filter(isAnswer);
  return (
    titleSource !== 'user' &&
    answers.length > 0 &&
    all.length === answers.length + 1 &&
    answers.every(({ ending }) => ending?.outcome === 'failed')
  );
}

function modelsOf({ messages }: Conversation, path: readonly Message[]): readonly string[] {
  const answers = [...path.filter(isAnswer).reverse(), ...[...messages.values()].filter(isAnswer)];
  const names = answers.flatMap(({ modelName, model }) => [modelName, model.modelId]);
  return [...new Set(names.map((name) => name.replaceAll(/\s+/gu, ' ').trim()))].filter(
    (name) => name !== '',
  );
}

function isAnswer(message: Message): message is AssistantMessage {
  return message.role === 'assistant';
}
