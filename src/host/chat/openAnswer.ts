import { answeredConversation, type AnsweredQuestion } from '../../core/conversation/answeredConversation';
import type { Sessions } from '../../core/conversation/sessions';
import type { ConversationStore } from '../../core/ports/conversationStore';

/** What `openAnswer` needs. */
export interface OpenAnswerPorts {
  readonly sessions: Sessions;
  readonly store: ConversationStore;
  /** Resolves when the conversation that the window last showed is open again. */
  readonly restored: () => Promise<void>;
  /** Shows the panel. */
  readonly reveal: () => Promise<void>;
}

/** Opens a new chat with a question that was answered outside a chat, and its answer. Nothing is sent again. */
export async function openAnswer(
  { sessions, store, restored, reveal }: OpenAnswerPorts,
  question: AnsweredQuestion,
): Promise<void> {
  await restored();
  const id = crypto.randomUUID();
  await store.append(
    id,
    answeredConversation(question, id, () => crypto.randomUUID()),
  );
  await sessions.openConversation(id);
  await reveal();
}
