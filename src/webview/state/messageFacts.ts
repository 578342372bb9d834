import { answerMedia, answerSources, isBlank } from '../../shared/answer/answerPart';
import type { Attachment } from '../../shared/conversation/attachment';
import type {
  AssistantMessage,
  Conversation,
  Message,
  UserMessage,
} from '../../shared/conversation/conversation';
import { selectedPath, versionsOf } from '../../shared/conversation/conversation';
import type { Ending } from '../../shared/answer/ending';
import type { Media } from '../../shared/answer/media';
import type { Retry } from '../../shared/answer/retry';
import type { Source } from '../../shared/answer/source';
import { isUnderWay } from '../../shared/answer/toolCallState';
import type { Usage } from '../../shared/answer/usage';
import { lastShown, shapeOf, shownPartsOf, type ShownPart } from './shownParts';

/** How far an answer has come. */
export type AnswerStage = 'waiting' | 'reasoning' | 'answering' | 'ended';

interface Facts {
  readonly id: string;
  /** All versions at this place, oldest first, this one included. */
  readonly versions: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What the view shows of a prompt. */
export interface PromptFacts extends Facts {
  readonly role: 'user';
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The answers that stand side by side; null when one is shown. */
  readonly comparison: readonly string[] | null;
  /** Answers that can stand side by side, oldest first: all but attempts that failed without a word. */
  readonly answers: readonly string[];
}

/** All about an answer but its growing text, which goes to the page by another way (see `TextFeeds`). */
export interface AnswerFacts extends Facts {
  readonly role: 'assistant';
  readonly modelName: string;
  readonly modelId: string;
  readonly servedModel: string | null;
  readonly stage: AnswerStage;
  /** True once there are words to copy. */
  readonly hasText: boolean;
  /** What is shown of it, in order. */
  readonly parts: readonly ShownPart[];
  /** See `shapeOf`. */
  readonly shape: number;
  readonly media: readonly Media[];
  readonly sources: readonly Source[];
  /** How much of the prompt the server has read, from 0 to 1; null when no server says so. */
  readonly promptRead: number | null;
  /** True when its log probabilities came; they are read from the store. */
  readonly hasTokens: boolean;
  /** Set while the request waits to be sent again. */
  readonly retry: Retry | null;
  /** What the gateway refused of the request, each once. */
  readonly adaptations: readonly string[];
  /** Set when it was asked without the oldest messages; `summary` is what stood for them, if anything did. */
  readonly shortened: { readonly summary: string | null } | null;
  readonly ending: Ending | null;
  readonly usage: Usage | null;
  /** From the question to the end of the answer; null until then. */
  readonly seconds: number | null;
}

export type MessageFacts = PromptFacts | AnswerFacts;

/** Messages that stand in the transcript for themselves; a tool's result stands in the answer that called it. */
export type ShownMessage = UserMessage | AssistantMessage;

/** True for messages that stand in the transcript for themselves. */
export function isShown(message: Message): message is ShownMessage {
  return message.role !== 'tool';
}

/**
 * What the page shows of a message, as a value that later events do not change. `awaitsMore` says
 * that an ended answer was asked to go on, and nothing has come yet.
 */
export function factsOf(
  conversation: Conversation,
  message: ShownMessage,
  awaitsMore: boolean,
): MessageFacts {
  const base = {
    id: message.id,
    versions: [...versionsOf(conversation, message)],
    createdAt: message.createdAt,
  };
  if (message.role === 'user') {
    const { text, attachments, comparison } = message;
    const answers = answersTo(conversation, message);
    return { ...base, role: 'user', text, attachments, comparison, answers };
  }
  return {
    ...base,
    role: 'assistant',
    modelName: message.modelName,
    modelId: message.model.modelId,
    servedModel: message.servedModel,
    stage: awaitsMore ? 'waiting' : stageOf(message),
    hasText: message.parts.some((part) => part.kind === 'text' && !isBlank(part)),
    parts: shownPartsOf(conversation, message),
    shape: shapeOf(message.parts),
    media: answerMedia(message),
    sources: [...answerSources(message)],
    promptRead:
      message.promptProgress === null ? null : message.promptProgress.done / message.promptProgress.total,
    hasTokens: message.tokens.length > 0,
    retry: message.retry,
    adaptations: [...new Set(message.adaptations)],
    shortened: message.shortened === null ? null : { summary: message.shortened.summary },
    ending: message.ending,
    usage: message.usage,
    seconds: secondsUntil(message.endedAt, message),
  };
}

function answersTo(conversation: Conversation, prompt: UserMessage): string[] {
  const selected = prompt.selectedChild ?? prompt.children[0];
  const message = selected === undefined ? undefined : conversation.messages.get(selected);
  if (message === undefined) return [];
  return versionsOf(conversation, message).filter(
    (id) => conversation.messages.get(id)?.role === 'assistant',
  );
}

function stageOf(message: AssistantMessage): AnswerStage {
  if (hasEnded(message)) return 'ended';
  // Before another attempt nothing has come, or what came is void.
  if (message.retry !== null) return 'waiting';
  const last = lastShown(message.parts);
  if (last === undefined) return 'waiting';
  return last.kind === 'reasoning' ? 'reasoning' : 'answering';
}

/** True when nothing more is to come of an answer: its stream has ended, and none of its calls waits or runs. */
export function hasEnded({ ending, parts }: AssistantMessage): boolean {
  return ending !== null && !parts.some((part) => part.kind === 'tool-call' && isUnderWay(part.state));
}

/** True when a delta has changed more than the text: the first of its kind does, a thousand others do not. */
export function areStale(facts: AnswerFacts, message: AssistantMessage): boolean {
  return (
    facts.stage !== stageOf(message) ||
    facts.shape !== shapeOf(message.parts) ||
    facts.hasTokens !== message.tokens.length > 0 ||
    facts.retry !== message.retry ||
    (facts.promptRead !== null && message.promptProgress === null)
  );
}

/** Seconds from the question to `end`. Null when that is not known: an imported answer ends when it begins. */
function secondsUntil(end: number | null, { createdAt }: AssistantMessage): number | null {
  return end === null || end === createdAt ? null : Math.max(0, end - createdAt) / 1000;
}

/** The prompt that the message `id` answers; undefined when it stands below none. */
export function questionOf(conversation: Conversation, id: string): UserMessage | undefined {
  const parent = conversation.messages.get(id)?.parent ?? null;
  const message = parent === null ? undefined : conversation.messages.get(parent);
  return message?.role === 'user' ? message : undefined;
}

/**
 * Ids of the messages that the transcript shows, first to last: those on the selected path that stand for
 * themselves. What follows answers that stand side by side is not settled, and not shown.
 */
export function shownPath(conversation: Conversation): string[] {
  const path: string[] = [];
  for (const message of selectedPath(conversation)) {
    if (!isShown(message)) continue;
    path.push(message.id);
    if (message.role === 'user' && message.comparison !== null) break;
  }
  return path;
}
