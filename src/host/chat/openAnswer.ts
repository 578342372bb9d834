import { answeredConversation, type AnsweredQuestion } from '../../core/conversation/answeredConversation';
import type { ConversationStore } from '../../core/ports/conversationStore';
import type { OpenPanels } from '../contributions/openPanels';

/** What `openAnswer` needs. */
export interface OpenAnswerPorts {
  readonly panels: OpenPanels;
  readonly store: ConversationStore;
  /** Resolves when the conversation that the window last showed is open again. */
  readonly restored: () => Promise<void>;
}

/** Opens a new chat with a question that was answered outside a chat, and its answer. Nothing is sent again. */
export async function openAnswer(
  { panels, store, restored }: OpenAnswerPorts,
  question: AnsweredQuestion,
): Promise<void> {
  await restored();
  const id = crypto.randomUUID();
  await store.append(
    id,
    answeredConversation(question, id, () => crypto.randomUUID()),
  );
  const { sessions, page } = panels.used;
  await sessions.openConversation(id);
  await page.reveal();
}
