import { answerMedia, answerSources, isBlank } from '../../shared/answer/answerPart';
import type { Attachment } from '../../shared/conversation/attachment';
import type {
  AssistantMessage,
  Conversation,
  Message,
  UserMessage,
} from '../../shared/conversation/conversation';
import { selectedPath, versionsOf } from '../../shared/conversation/conversation';
import type { ForkOrigin } from '../../shared/conversation/forkOrigin';
import type { Cost } from '../../shared/answer/cost';
import type { ChatParameters } from '../../shared/conversation/chatParameters';
import type { Ending } from '../../shared/answer/ending';
import type { Generation } from '../../shared/answer/generation';
import type { Media } from '../../shared/answer/media';
import type { Retry } from '../../shared/answer/retry';
import type { Source } from '../../shared/answer/source';
import { isUnderWay } from '../../shared/answer/toolCallState';
import type { GenerationProgress } from '../../shared/answer/task';
import type { Usage } from '../../shared/answer/usage';
import { answerCosts } from './chatCost';
import { lastShown, shapeOf, shownPartsOf, type ShownPart } from './shownPart';

/** The state of an answer. */
type AnswerStage = 'waiting' | 'reasoning' | 'answering' | 'ended';

interface Facts {
  readonly id: string;
  /** All versions at this place, oldest first, including this one. */
  readonly versions: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What the panel displays of a prompt. */
export interface PromptFacts extends Facts {
  readonly role: 'user';
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The answers that are displayed side by side; null if only one is displayed. */
  readonly comparison: readonly string[] | null;
  /** Answers that can be displayed side by side, oldest first: all except attempts that failed without text. */
  readonly answers: readonly string[];
}

/** Everything about an answer except its growing text, which reaches the page through `TextFeeds`. */
export interface AnswerFacts extends Facts {
  readonly role: 'assistant';
  readonly modelName: string;
  readonly modelId: string;
  readonly gatewayId: string;
  readonly servedModel: string | null;
  /** What was sent beside the messages. */
  readonly parameters: ChatParameters;
  readonly stage: AnswerStage;
  /** True if there is text to copy. */
  readonly hasText: boolean;
  /** Its displayed parts, in order. */
  readonly parts: readonly ShownPart[];
  /** See `shapeOf`. */
  readonly shape: number;
  readonly media: readonly Media[];
  /** Set if the answer consists of pictures, video or music: what they are made with, and how far they are. */
  readonly generation: { readonly made: Generation; readonly progress: GenerationProgress | null } | null;
  readonly sources: readonly Source[];
  /** How much of the prompt the server has read, from 0 to 1; null if no server tells. */
  readonly promptRead: number | null;
  /** True if its log probabilities came. They are read from the store. */
  readonly hasTokens: boolean;
  /** Set while the request waits for a retry. */
  readonly retry: Retry | null;
  /** The parts of the request that the gateway refused, without duplicates. */
  readonly adaptations: readonly string[];
  /** Set if the oldest messages were not sent; `summary` is the text that replaced them, if any. */
  readonly shortened: { readonly summary: string | null } | null;
  readonly ending: Ending | null;
  /** Set for the last copied answer of a fork. */
  readonly origin: ForkOrigin | null;
  readonly usage: Usage | null;
  /** What it cost, by request; empty when unknown. */
  readonly costs: readonly Cost[];
  /** The time from the prompt to the end of the answer; null until then. */
  readonly seconds: number | null;
}

export type MessageFacts = PromptFacts | AnswerFacts;

/**
 * Messages that the transcript displays on their own. A tool's result is displayed in the answer that called the tool.
 */
type ShownMessage = UserMessage | AssistantMessage;

/** True for messages that the transcript displays on their own. */
export function isShown(message: Message): message is ShownMessage {
  return message.role !== 'tool';
}

/**
 * What the page displays of a message, as a value that later events do not change. `awaitsMore` tells that an ended
 * answer was asked to continue, and nothing has come yet.
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
    gatewayId: message.model.gatewayId,
    servedModel: message.servedModel,
    parameters: message.parameters ?? {},
    stage: awaitsMore ? 'waiting' : stageOf(message),
    hasText: message.parts.some((part) => part.kind === 'text' && !isBlank(part)),
    parts: shownPartsOf(conversation, message),
    shape: shapeOf(message.parts),
    media: answerMedia(message),
    generation:
      message.generation === undefined
        ? null
        : {
            made: message.generation,
            // The reducer changes it in place.
            progress: message.progress === undefined ? null : { ...message.progress },
          },
    sources: [...answerSources(message)],
    promptRead:
      message.promptProgress === null ? null : message.promptProgress.done / message.promptProgress.total,
    hasTokens: message.tokens.length > 0,
    retry: message.retry,
    adaptations: [...new Set(message.adaptations)],
    shortened: message.shortened === null ? null : { summary: message.shortened.summary },
    ending: message.ending,
    origin: conversation.origin?.message === message.id ? conversation.origin : null,
    usage: message.usage,
    costs: answerCosts(message),
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
  // Before a retry, nothing has come, or what came is void.
  if (message.retry !== null) return 'waiting';
  const last = lastShown(message.parts);
  if (last === undefined) return 'waiting';
  return last.kind === 'reasoning' ? 'reasoning' : 'answering';
}

/** True if an answer is final: its stream has ended, and no tool call waits or runs. */
export function hasEnded({ ending, parts }: AssistantMessage): boolean {
  return ending !== null && !parts.some((part) => part.kind === 'tool-call' && isUnderWay(part.state));
}

/** True if a delta changes more than the text: the first one of its kind does, later ones do not. */
export function areStale(facts: AnswerFacts, message: AssistantMessage): boolean {
  return (
    facts.stage !== stageOf(message) ||
    facts.shape !== shapeOf(message.parts) ||
    facts.hasTokens !== message.tokens.length > 0 ||
    facts.retry !== message.retry ||
    (facts.promptRead !== null && message.promptProgress === null)
  );
}

/** The seconds from the prompt to `end`. Null if unknown: an imported answer ends when it begins. */
function secondsUntil(end: number | null, { createdAt }: AssistantMessage): number | null {
  return end === null || end === createdAt ? null : Math.max(0, end - createdAt) / 1000;
}

/** The prompt that the message `id` answers; undefined if there is none. */
export function questionOf(conversation: Conversation, id: string): UserMessage | undefined {
  const parent = conversation.messages.get(id)?.parent ?? null;
  const message = parent === null ? undefined : conversation.messages.get(parent);
  return message?.role === 'user' ? message : undefined;
}

/**
 * Ids of the messages that the transcript displays, first to last: those on the selected path that are displayed on
 * their own. Messages after answers side by side are not settled and not displayed.
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
