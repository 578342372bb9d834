import type { Conversation } from '../../shared/conversation/conversation';
import type { ConversationSummary } from '../../core/ports/conversationStore';
import { selectedPath } from '../../shared/conversation/conversation';
import { titleFromPrompt } from '../../core/conversation/titleFromPrompt';

/**
 * A conversation's entry in the list; null when it holds no message and so is not worth listing. The
 * count is that of the selected path: what one sees on opening it.
 */
export function summarise(conversation: Conversation): ConversationSummary | null {
  const path = selectedPath(conversation);
  if (path.length === 0) return null;
  const { id, createdAt, updatedAt, pinned } = conversation;
  const prompt = path.find((message) => message.role === 'user');
  const title =
    conversation.title || (prompt === undefined ? '' : titleFromPrompt(prompt.text, prompt.attachments));
  return { id, title, createdAt, updatedAt, messageCount: path.length, pinned };
}
