import type { Conversation } from '../../shared/conversation/conversation';
import type { ConversationSummary } from '../../core/ports/conversationStore';
import { selectedPath } from '../../shared/conversation/conversation';
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
  return { id, title, createdAt, updatedAt, messageCount: path.length, pinned };
}
