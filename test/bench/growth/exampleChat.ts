import { headerLine } from '../../../src/storage/journal/journalLine';
import { encodeLine } from '../../support/storage/encodeLine';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import { emptyConversation } from '../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { reduce } from '../../../src/shared/conversation/reduce';
import { answerOf } from '../render/answer';

const start = 1_790_000_000_000;

/** What happens in a conversation of so many messages: prompts, and answers of about `answerLength` characters, in turn. */
export function chatEvents(id: string, messageCount: number, answerLength = 1_500): ConversationEvent[] {
  const text = answerOf(40_000);
  const model = { gatewayId: 'bench', modelId: 'model' };
  const events: ConversationEvent[] = [
    { kind: 'conversation-created', id, at: start },
    { kind: 'title-changed', title: `How it works (${id})`, source: 'prompt', at: start },
  ];
  let parent: string | null = null;
  for (let number = 0; number < messageCount; number += 2) {
    const [prompt, answer] = [`prompt-${number}`, `answer-${number}`];
    const at = start + number * 60_000;
    const from = (number * 67) % 30_000;
    const question = `How does step ${number} of it work? ${text.slice(from, from + 300)}`;
    events.push(
      {
        kind: 'message-added',
        id: prompt,
        parent,
        at,
        content: { role: 'user', text: question, attachments: [] },
      },
      {
        kind: 'message-added',
        id: answer,
        parent: prompt,
        at,
        content: { role: 'assistant', model, modelName: 'Model' },
      },
      {
        kind: 'text-appended',
        id: answer,
        text: `${number} ${text.slice(from, from + answerLength)}`,
        at,
      },
      {
        kind: 'answer-ended',
        id: answer,
        ending: { outcome: 'completed', finishReason: 'stop' },
        usage: { promptTokens: 900, completionTokens: 400, totalTokens: 1_300 },
        servedModel: null,
        at: at + 20_000,
      },
    );
    parent = answer;
  }
  return events;
}

/** The conversation that these events make. */
export function chatOf(events: readonly ConversationEvent[]): Conversation {
  const conversation = emptyConversation('', start);
  for (const event of events) reduce(conversation, event);
  return conversation;
}

/** The journal of these events, as the library writes it. */
export function journalOf(events: readonly ConversationEvent[]): Buffer {
  return Buffer.from([String(headerLine), ...events.map(encodeLine), ''].join('\n'));
}
