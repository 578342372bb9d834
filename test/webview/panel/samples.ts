import type { Attachment } from '../../../src/shared/conversation/attachment';
import { emptyConversation } from '../../../src/shared/conversation/conversation';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { Ending } from '../../../src/shared/answer/ending';
import type { ConversationEvent, EventOf } from '../../../src/shared/conversation/conversationEvent';
import { reduce } from '../../../src/shared/conversation/reduce';
import type { Token } from '../../../src/shared/answer/token';
import type { ToolCall } from '../../../src/shared/answer/toolCall';

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
export function ended(id: string, ending: Ending = completed): EventOf<'answer-ended'> {
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

/** A picture whose data is here. */
export const picture =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="120" height="80"%3E%3Crect width="120" height="80" fill="red"/%3E%3C/svg%3E';

/** A wave file with nothing to hear. */
export const sound = 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

/** A conversation with all that an answer may bring beside its words; its last answer waits for another attempt. */
export function richConversation(id: string): Conversation {
  const token = (text: string, probability: number): Token => ({
    text,
    logprob: Math.log(probability),
    alternatives: [{ text: ' maybe', logprob: Math.log(0.04) }],
  });
  return conversationOf(
    id,
    asked('q1', 'Draw', null, [
      { kind: 'image', id: 'i1', name: 'sketch.svg', url: picture },
      { kind: 'image', id: 'i2', name: 'far.png', url: 'https://pictures.example/far.png' },
    ]),
    begun('a1', 'q1'),
    called('a1', { id: 'call-1', name: 'get_colour', arguments: '{"of":"sky"}', complete: true }),
    called('a1', {
      id: 'call-2',
      name: 'a_tool_with_a_very_long_name_indeed',
      arguments: '{',
      complete: false,
    }),
    ended('a1'),
    {
      kind: 'message-added',
      id: 't1',
      parent: 'a1',
      at: start,
      content: { role: 'tool', callId: 'call-1', name: 'get_colour', text: 'blue' },
    },
    begun('a2', 't1'),
    { kind: 'request-adapted', id: 'a2', part: 'temperature', at: start },
    said('a2', 'The sky is blue.'),
    {
      kind: 'tokens-appended',
      id: 'a2',
      tokens: [token('The', 0.95), token(' sky', 0.7), token(' is', 0.4), token(' blue.', 0.1)],
      at: start,
    },
    { kind: 'media-added', id: 'a2', media: { kind: 'image', url: picture }, at: start },
    { kind: 'media-added', id: 'a2', media: { kind: 'audio', url: sound }, at: start },
    {
      kind: 'media-added',
      id: 'a2',
      media: { kind: 'video', url: 'https://videos.example/a.mp4' },
      at: start,
    },
    { ...ended('a2'), servedModel: 'gpt-5-mini-2025-08-07' },
    asked('q2', 'And?', 'a2'),
    begun('a3', 'q2'),
    {
      kind: 'retry-scheduled',
      id: 'a3',
      retry: { attempt: 2, until: 0, failure: { kind: 'server-error', retryable: true } },
      at: start,
    },
  );
}

/** A prompt asked of four models: two have answered, one is at it, one has failed. */
export function comparedConversation(id: string): Conversation {
  return conversationOf(
    id,
    asked('q1', 'Which sort is stable?'),
    begun('a1', 'q1', 'GPT-5 mini'),
    begun('a2', 'q1', 'Claude Sonnet 4.5'),
    begun('a3', 'q1', 'deepseek-r1-distill-llama-70b'),
    begun('a4', 'q1', 'Gemini'),
    { kind: 'comparison-started', id: 'q1', answers: ['a1', 'a2', 'a3', 'a4'], at: start },
    said(
      'a1',
      'Merge sort is. `Array.prototype.toSorted` is too:\n\n```ts\nconst ordered = rows.toSorted(byName);\n```\n',
    ),
    ended('a1'),
    thought('a2', 'Stable means that equals keep their order.'),
    said('a2', '| Sort | Stable |\n| --- | --- |\n| merge | yes |\n| quick | no |\n'),
    ended('a2'),
    said('a3', 'Insertion sort, bubble sort and'),
    ended('a4', {
      outcome: 'failed',
      failure: { kind: 'unauthorized', retryable: false, detail: 'Incorrect API key provided.' },
    }),
  );
}

/** A conversation of so many questions and answers, each of a few lines. */
export function longConversation(
  id: string,
  questions: number,
  answer = 'Some more words that fill a few lines. '.repeat(8),
): Conversation {
  const events: ConversationEvent[] = [];
  for (let n = 1; n <= questions; n += 1) {
    events.push(
      asked(`q${n}`, `Question ${n}`, n === 1 ? null : `a${n - 1}`),
      begun(`a${n}`, `q${n}`),
      said(`a${n}`, `Answer ${n}.\n\n${answer}`),
      ended(`a${n}`),
    );
  }
  return conversationOf(id, ...events);
}
