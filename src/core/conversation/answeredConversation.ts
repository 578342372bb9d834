import type { Attachment } from '../../shared/conversation/attachment';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { Target } from '../prompt/target';
import type { OnceReply } from '../prompt/askOnce';
import { titleFromPrompt } from './titleFromPrompt';

/** A question that was answered outside a conversation. */
export interface AnsweredQuestion {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly target: Pick<Target, 'model' | 'modelName'>;
  readonly reply: OnceReply;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

/**
 * The events of a conversation with one question and its answer. With them, a chat goes on without asking again.
 *
 * @param id Id of the new conversation.
 */
export function answeredConversation(
  { text, attachments, target, reply, askedAt, answeredAt }: AnsweredQuestion,
  id: string,
  newId: () => string,
): readonly ConversationEvent[] {
  const [prompt, answer] = [newId(), newId()];
  const { model, modelName } = target;
  const { ending, usage } = reply;
  return [
    { kind: 'conversation-created', id, at: askedAt },
    { kind: 'title-changed', title: titleFromPrompt(text, attachments), source: 'prompt', at: askedAt },
    {
      kind: 'message-added',
      id: prompt,
      parent: null,
      at: askedAt,
      content: { role: 'user', text, attachments: [...attachments] },
    },
    {
      kind: 'message-added',
      id: answer,
      parent: prompt,
      at: askedAt,
      content: { role: 'assistant', model, modelName },
    },
    { kind: 'text-appended', id: answer, text: reply.text, at: answeredAt },
    { kind: 'answer-ended', id: answer, ending, usage, servedModel: null, at: answeredAt },
  ];
}
