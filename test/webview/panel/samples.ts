import type { Attachment } from '../../../src/shared/attachment';
import { emptyConversation } from '../../../src/shared/conversation';
import type { Conversation } from '../../../src/shared/conversation';
import type { Ending } from '../../../src/shared/ending';
import type { ConversationEvent } from '../../../src/shared/events';
import { reduce } from '../../../src/shared/reduce';
import type { ToolCall } from '../../../src/shared/toolCall';

/** When samples take place; each event a second after the one before, where it matters. */
const start = Date.UTC(2026, 10, 21, 9, 30);

export const completed: Ending = { outcome: 'completed', finishReason: 'stop' };

/** A prompt joins the conversation. */
export function asked(
  id: string,
  text: string,
  parent: string | null = null,
  attachments: Attachment[] = [],
): ConversationEvent {
  return { kind: 'message-added', id, parent, at: start, content: { role: 'user', text, attachments } };
}

/** An answer begins. */
export function begun(id: string, parent: string, modelName = 'GPT-5 mini'): ConversationEvent {
  return {
    kind: 'message-added',
    id,
    parent,
    at: start,
    content: { role: 'assistant', model: { gatewayId: 'demo', modelId: 'gpt-5-mini' }, modelName },
  };
}

/** A piece of an answer's text comes. */
export function said(id: string, text: string, afterSeconds = 1): ConversationEvent {
  return { kind: 'text-appended', id, text, at: start + afterSeconds * 1000 };
}

/** A piece of an answer's reasoning comes. */
export function thought(id: string, text: string): ConversationEvent {
  return { kind: 'reasoning-appended', id, text, at: start };
}

/** A model wants a tool to run. */
export function called(id: string, call: ToolCall): ConversationEvent {
  return { kind: 'tool-called', id, call, at: start };
}

/** An answer ends. */
export function ended(id: string, ending: Ending = completed): ConversationEvent {
  return {
    kind: 'answer-ended',
    id,
    ending,
    usage:
      ending.outcome === 'completed'
        ? { promptTokens: 412, completionTokens: 1286, totalTokens: 1698 }
        : null,
    servedModel: null,
    at: start + 9000,
  };
}

/** The conversation in which these events have happened. */
export function conversationOf(id: string, ...events: ConversationEvent[]): Conversation {
  const conversation = emptyConversation(id, start);
  for (const event of events) {
    if (!reduce(conversation, event))
      throw new Error(`A sample event does not fit: ${JSON.stringify(event)}`);
  }
  return conversation;
}

/** A conversation of so many questions and answers, each of a few lines. */
export function longConversation(id: string, questions: number): Conversation {
  const events: ConversationEvent[] = [];
  for (let n = 1; n <= questions; n += 1) {
    events.push(
      asked(`q${n}`, `Question ${n}`, n === 1 ? null : `a${n - 1}`),
      begun(`a${n}`, `q${n}`),
      said(`a${n}`, `Answer ${n}.\n\n${'Some more words that fill a few lines. '.repeat(8)}`),
      ended(`a${n}`),
    );
  }
  return conversationOf(id, ...events);
}
