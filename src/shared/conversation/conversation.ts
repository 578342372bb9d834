import type { Attachment } from './attachment';
import type { ChatParameters } from './chatParameters';
import { answerText, type AnswerPart } from '../answer/answerPart';
import type { Ending } from '../answer/ending';
import type { KeptReasoning } from '../answer/keptReasoning';
import type { BackgroundRequest } from './backgroundRequest';
import type { ForkOrigin } from './forkOrigin';
import type { Generation } from '../answer/generation';
import type { GenerationProgress } from '../answer/task';
import type { ModelReference } from './modelReference';
import type { PromptRecord } from './promptRecord';
import type { Retry } from '../answer/retry';
import type { Token } from '../answer/token';
import type { ToolOutcome } from '../answer/toolCallState';
import type { Usage } from '../answer/usage';

interface MessageBase {
  readonly id: string;
  /** The message that this one replies to; null for the first of a conversation. */
  readonly parent: string | null;
  /** Replies, oldest first. More than one means versions: edited, regenerated, compared. */
  readonly children: string[];
  /** The child on the selected path; null exactly when there are no children. */
  selectedChild: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A prompt with its attachments. */
export interface UserMessage extends MessageBase {
  readonly role: 'user';
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The answers that are shown side by side so that the user picks one; null when one answer is shown. */
  comparison: readonly string[] | null;
}

/** One version of an answer. */
export interface AssistantMessage extends MessageBase {
  readonly role: 'assistant';
  readonly model: ModelReference;
  /** The model's name in the panel at the time of the answer. */
  readonly modelName: string;
  /** What was sent beside the messages; absent when nothing was. */
  readonly parameters?: ChatParameters;
  /** For pictures, video and music: what they are made with. */
  readonly generation?: Generation;
  /** For pictures, video and music: how far they are. */
  progress?: GenerationProgress;
  /** Text, reasoning, media, tool calls and sources, in the order in which they arrived. */
  readonly parts: AnswerPart[];
  /**
   * True when the next text continues the existing text, perhaps in the middle of a word: a truncated answer was resumed, and no
   * text has arrived since.
   */
  continues: boolean;
  /** Log probabilities of the text, if they were requested; otherwise empty. */
  readonly tokens: Token[];
  /** How much of the prompt the server has processed, in tokens; null after the first delta, and when the server does not report it. */
  promptProgress: { readonly done: number; readonly total: number } | null;
  /** Set while a failed request waits for its retry. */
  retry: Retry | null;
  /** Unsupported parameters: parts of the request that the gateway refused and that were left out. */
  readonly adaptations: string[];
  /** Set when older messages were left out of its prompt: the first message that was sent, and a summary of the others. */
  shortened: { readonly from: string; readonly summary: string | null } | null;
  /** What its last request consisted of; null before it was sent, and in older journals. */
  prompt: PromptRecord | null;
  /** The reasoning that the model demands back with the results of its tools; absent if there is none. */
  keptReasoning?: KeptReasoning;
  /** How the answer ended; null while it is requested or streamed. */
  ending: Ending | null;
  usage: Usage | null;
  /** The tokens of earlier requests for this answer, which was truncated and resumed; absent if it was not. */
  earlierUsage?: Usage[];
  /** The model that the gateway names, if it differs from the requested one. */
  servedModel: string | null;
  /** When the text began, and when the answer ended, in milliseconds since the epoch. */
  textStartedAt: number | null;
  endedAt: number | null;
}

/** The result of a tool call. */
export interface ToolMessage extends MessageBase {
  readonly role: 'tool';
  readonly callId: string;
  readonly name: string;
  readonly text: string;
  /** The outcome of the call; absent in journals of version 0.1.0. */
  readonly outcome?: ToolOutcome;
}

/** A message of a conversation. */
export type Message = UserMessage | AssistantMessage | ToolMessage;

/** The text of a message: a prompt, the whole text of an answer, or the result of a tool. */
export function messageText(message: Message): string {
  return message.role === 'assistant' ? answerText(message) : message.text;
}

/** Where a title comes from: the first prompt, the user or a model. */
export type TitleSource = 'prompt' | 'user' | 'model';

/**
 * A tree of messages with one selected path. Only `reduce` builds and changes it, from events. It has one owner (a session in the
 * host, the store in the view), so the reducer may change it in place.
 */
export interface Conversation {
  id: string;
  createdAt: number;
  updatedAt: number;
  title: string;
  titleSource: TitleSource | null;
  /** Listed first in the history. */
  pinned: boolean;
  /** What the next prompt sends beside the messages. */
  parameters: ChatParameters;
  readonly messages: Map<string, Message>;
  /** First messages; editing the first prompt makes a second root. */
  readonly roots: string[];
  selectedRoot: string | null;
  /** Where a fork comes from; absent for other conversations. */
  origin?: ForkOrigin;
  /** The requests that Parley made by itself, oldest first. */
  readonly backgroundRequests: BackgroundRequest[];
}

/** A conversation without messages. */
export function emptyConversation(id: string, createdAt: number): Conversation {
  return {
    id,
    createdAt,
    updatedAt: createdAt,
    title: '',
    titleSource: null,
    pinned: false,
    parameters: {},
    messages: new Map(),
    roots: [],
    selectedRoot: null,
    backgroundRequests: [],
  };
}

/** The messages on the selected path, first to last. */
export function selectedPath(conversation: Conversation): Message[] {
  const path: Message[] = [];
  let id = conversation.selectedRoot;
  while (id !== null) {
    const message = conversation.messages.get(id);
    if (message === undefined) break;
    path.push(message);
    id = message.selectedChild;
  }
  return path;
}

/** The messages from the root to `id`, included, whether selected or not; empty when `id` is unknown. */
export function pathTo(conversation: Conversation, id: string): Message[] {
  const path: Message[] = [];
  let next: string | null = id;
  while (next !== null) {
    const message: Message | undefined = conversation.messages.get(next);
    if (message === undefined) break;
    path.push(message);
    next = message.parent;
  }
  return path.reverse();
}

/**
 * The versions of `message` that the user can switch between, oldest first, itself included. An answer that failed without text
 * is not a version if there is another one: a retry replaces it.
 */
export function versionsOf(conversation: Conversation, message: Message): readonly string[] {
  const siblings =
    message.parent === null
      ? conversation.roots
      : (conversation.messages.get(message.parent)?.children ?? []);
  return siblings.filter((id) => id === message.id || !isVoid(conversation.messages.get(id)));
}

function isVoid(message: Message | undefined): boolean {
  return (
    message?.role === 'assistant' &&
    message.ending?.outcome === 'failed' &&
    !message.parts.some((part) => part.kind === 'media' || (part.kind === 'text' && part.text !== ''))
  );
}
