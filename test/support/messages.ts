import type { CodeAttachment } from '../../src/shared/conversation/attachment';
import type { AssistantMessage, UserMessage } from '../../src/shared/conversation/conversation';

/** A prompt with what a test cares about; the rest is plain. */
export function userMessage(fields: Partial<UserMessage>): UserMessage {
  return {
    id: 'prompt',
    parent: null,
    children: [],
    selectedChild: null,
    createdAt: 0,
    role: 'user',
    text: '',
    attachments: [],
    comparison: null,
    ...fields,
  };
}

/** A completed answer with what a test cares about. */
export function answerMessage(fields: Partial<AssistantMessage>): AssistantMessage {
  return {
    id: 'answer',
    parent: 'prompt',
    children: [],
    selectedChild: null,
    createdAt: 0,
    role: 'assistant',
    model: { gatewayId: 'demo', modelId: 'demo-1' },
    modelName: 'Demo',
    text: '',
    reasoning: '',
    media: [],
    sources: [],
    tokens: [],
    toolCalls: [],
    promptProgress: null,
    retry: null,
    adaptations: [],
    shortened: null,
    ending: { outcome: 'completed', finishReason: 'stop' },
    usage: null,
    servedModel: null,
    textStartedAt: null,
    endedAt: null,
    ...fields,
  };
}

/** Some lines of TypeScript as a chip. */
export function codeAttachment(fields: Partial<CodeAttachment>): CodeAttachment {
  return {
    kind: 'code',
    id: 'attachment',
    scope: 'selection',
    name: 'add.ts',
    path: 'src/add.ts',
    uri: 'file:///workspace/src/add.ts',
    languageId: 'typescript',
    startLine: 1,
    endLine: 1,
    text: 'const sum = a + b;',
    truncated: false,
    ...fields,
  };
}
