import type { Attachment } from '../../../src/shared/conversation/attachment';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';

export function promptEvent(
  id: string,
  text = 'Why is the sky blue?',
  at = 1_000,
  attachments: Attachment[] = [],
): ConversationEvent {
  return { kind: 'message-added', id, parent: null, at, content: { role: 'user', text, attachments } };
}

export function answerEvent(id: string, parent: string | null, at = 1_001): ConversationEvent {
  const content = {
    role: 'assistant' as const,
    model: { gatewayId: 'example', modelId: 'model-1' },
    modelName: 'Model 1',
  };
  return { kind: 'message-added', id, parent, at, content };
}

export function textEvent(id: string, text: string, at = 1_002): ConversationEvent {
  return { kind: 'text-appended', id, text, at };
}

export function endEvent(id: string, at = 1_003): ConversationEvent {
  const ending = { outcome: 'completed' as const, finishReason: 'stop' };
  return { kind: 'answer-ended', id, ending, usage: null, servedModel: null, at };
}

/** A short conversation, in the batches in which a session appends its events. */
export function exampleSteps(id: string): ConversationEvent[][] {
  return [
    [
      { kind: 'conversation-created', id, at: 999 },
      promptEvent('p'),
      { kind: 'title-changed', title: 'Blue – 青い', source: 'prompt', at: 1_000 },
    ],
    [answerEvent('a', 'p')],
    [{ kind: 'reasoning-appended', id: 'a', text: 'Light scatters …', at: 1_002 }],
    [textEvent('a', 'Because of\nRayleigh '), textEvent('a', 'scattering 🌈.')],
    [endEvent('a')],
    [{ kind: 'title-changed', title: 'Sky', source: 'user', at: 1_004 }],
  ];
}
