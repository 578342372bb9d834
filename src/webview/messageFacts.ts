import type { Attachment } from '../shared/attachment';
import type { AssistantMessage, Conversation, Message } from '../shared/conversation';
import { versionsOf } from '../shared/conversation';
import type { Ending } from '../shared/ending';
import type { Usage } from '../shared/usage';

/** How far an answer has come. */
export type AnswerStage = 'waiting' | 'reasoning' | 'answering' | 'ended';

interface Facts {
  readonly id: string;
  /** All versions at this place, oldest first, this one included. */
  readonly versions: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface PromptFacts extends Facts {
  readonly role: 'user';
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** All about an answer but its growing text, which goes to the page by another way (see `TextFeeds`). */
export interface AnswerFacts extends Facts {
  readonly role: 'assistant';
  readonly modelName: string;
  readonly modelId: string;
  readonly servedModel: string | null;
  readonly stage: AnswerStage;
  readonly hasReasoning: boolean;
  /** How long it thought before it answered; null while it thinks, or when it did not. */
  readonly reasoningSeconds: number | null;
  readonly ending: Ending | null;
  readonly usage: Usage | null;
}

export type MessageFacts = PromptFacts | AnswerFacts;

/**
 * What the page shows of a message, as a value that later events do not change. `awaitsMore` says
 * that an ended answer was asked to go on, and nothing has come yet.
 */
export function factsOf(conversation: Conversation, message: Message, awaitsMore: boolean): MessageFacts {
  const base = {
    id: message.id,
    versions: [...versionsOf(conversation, message)],
    createdAt: message.createdAt,
  };
  if (message.role === 'user') {
    return { ...base, role: 'user', text: message.text, attachments: message.attachments };
  }
  return {
    ...base,
    role: 'assistant',
    modelName: message.modelName,
    modelId: message.model.modelId,
    servedModel: message.servedModel,
    stage: awaitsMore ? 'waiting' : stageOf(message),
    hasReasoning: message.reasoning !== '',
    reasoningSeconds: reasoningSecondsOf(message),
    ending: message.ending,
    usage: message.usage,
  };
}

function stageOf(message: AssistantMessage): AnswerStage {
  if (message.ending !== null) return 'ended';
  if (message.text !== '') return 'answering';
  return message.reasoning === '' ? 'waiting' : 'reasoning';
}

/** True when a delta has changed more than the text: the first of its kind does, a thousand others do not. */
export function areStale(facts: AnswerFacts, message: AssistantMessage): boolean {
  return (
    facts.stage !== stageOf(message) ||
    facts.hasReasoning !== (message.reasoning !== '') ||
    facts.reasoningSeconds !== reasoningSecondsOf(message)
  );
}

function reasoningSecondsOf(message: AssistantMessage): number | null {
  const until = message.textStartedAt ?? message.endedAt;
  if (message.reasoning === '' || until === null) return null;
  return Math.max(1, Math.round((until - message.createdAt) / 1000));
}
