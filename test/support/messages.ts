import type { AnswerPart } from '../../src/shared/answer/answerPart';
import type { Media } from '../../src/shared/answer/media';
import type { ToolCall } from '../../src/shared/answer/toolCall';
import type { CodeAttachment } from '../../src/shared/conversation/attachment';
import type { AssistantMessage, UserMessage } from '../../src/shared/conversation/conversation';

/** A user message with the given fields and plain defaults. */
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

/** What a test says of an answer: fields of the message, or what its parts hold, in the usual order. */
interface AnswerFields extends Partial<AssistantMessage> {
  readonly reasoning?: string;
  readonly text?: string;
  readonly media?: readonly Media[];
  readonly toolCalls?: readonly ToolCall[];
}

/** A completed answer with the given fields and plain defaults. */
export function answerMessage({
  reasoning,
  text,
  media,
  toolCalls,
  ...fields
}: AnswerFields): AssistantMessage {
  const at = 0;
  const parts: AnswerPart[] = [
    ...(reasoning ? [{ kind: 'reasoning' as const, text: reasoning, at }] : []),
    ...(text ? [{ kind: 'text' as const, text, at }] : []),
    ...(media ?? []).map((medium) => ({ kind: 'media' as const, media: medium, at })),
    ...(toolCalls ?? []).map((call) => ({
      kind: 'tool-call' as const,
      call,
      state: 'written' as const,
      index: null,
      at,
    })),
  ];
  return {
    id: 'answer',
    parent: 'prompt',
    children: [],
    selectedChild: null,
    createdAt: 0,
    role: 'assistant',
    model: { gatewayId: 'demo', modelId: 'demo-1' },
    modelName: 'Demo',
    parts,
    continues: false,
    tokens: [],
    promptProgress: null,
    retry: null,
    adaptations: [],
    shortened: null,
    prompt: null,
    ending: { outcome: 'completed', finishReason: 'stop' },
    usage: null,
    servedModel: null,
    textStartedAt: null,
    endedAt: null,
    ...fields,
  };
}

/** Some lines of TypeScript as an attachment. */
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
