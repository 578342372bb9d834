import type { Attachment } from './attachment';
import { answerText, type AnswerPart } from '../answer/answerPart';
import type { Ending } from '../answer/ending';
import type { ModelReference } from './modelReference';
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

/** A prompt, with what went along. */
export interface UserMessage extends MessageBase {
  readonly role: 'user';
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The answers that stand side by side for the user to pick one; null when one answer is shown. */
  comparison: readonly string[] | null;
}

/** One version of an answer. */
export interface AssistantMessage extends MessageBase {
  readonly role: 'assistant';
  readonly model: ModelReference;
  /** What people see as the model's name at the time of the answer. */
  readonly modelName: string;
  /** Text, reasoning, media, tool calls and sources, in the order in which they came. */
  readonly parts: AnswerPart[];
  /**
   * True when the next text goes on where the text stopped, perhaps in the middle of a word: the answer was cut and asked to
   * go on, and no text has come since.
   */
  continues: boolean;
  /** Log probabilities of the text, when they were asked for; empty otherwise. */
  readonly tokens: Token[];
  /** How much of the prompt the server has read, in tokens; null once more came, and where no server says so. */
  promptProgress: { readonly done: number; readonly total: number } | null;
  /** Set while a request that failed is waiting to be sent again. */
  retry: Retry | null;
  /** Parts of the request that the gateway refused and the answer came without. */
  readonly adaptations: string[];
  /** Set when older messages were left out of its prompt: the first message kept, and what stands for the others. */
  shortened: { readonly from: string; readonly summary: string | null } | null;
  /** How the answer ended; null while it is awaited or streaming. */
  ending: Ending | null;
  usage: Usage | null;
  /** The model that the gateway says it used, when it differs from the one asked for. */
  servedModel: string | null;
  /** When the answer's text began and when it ended, in milliseconds since the epoch. */
  textStartedAt: number | null;
  endedAt: number | null;
}

/** What a tool gave back. */
export interface ToolMessage extends MessageBase {
  readonly role: 'tool';
  readonly callId: string;
  readonly name: string;
  readonly text: string;
  /** What became of the call; absent in journals of version 0.1.0. */
  readonly outcome?: ToolOutcome;
}

export type Message = UserMessage | AssistantMessage | ToolMessage;

/** The words of a message: a prompt, the whole text of an answer, or what a tool gave back. */
export function messageText(message: Message): string {
  return message.role === 'assistant' ? answerText(message) : message.text;
}

/** Where a title comes from: the first prompt's words, the user, or a model. */
export type TitleSource = 'prompt' | 'user' | 'model';

/**
 * A tree of messages with one selected path, built by `reduce` from events and changed by nothing
 * else. Its owner (a session in the host, the store in the view) holds it alone, which is why the
 * reducer may change it in place.
 */
export interface Conversation {
  id: string;
  createdAt: number;
  updatedAt: number;
  title: string;
  titleSource: TitleSource | null;
  /** Stands first in the history. */
  pinned: boolean;
  readonly messages: Map<string, Message>;
  /** First messages; editing the first prompt makes a second root. */
  readonly roots: string[];
  selectedRoot: string | null;
}

/** A conversation with nothing in it. */
export function emptyConversation(id: string, createdAt: number): Conversation {
  return {
    id,
    createdAt,
    updatedAt: createdAt,
    title: '',
    titleSource: null,
    pinned: false,
    messages: new Map(),
    roots: [],
    selectedRoot: null,
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

/** The messages from the root down to and including `id`, whether selected or not; empty when unknown. */
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
 * The versions that a person can go through at the place of `message`, oldest first, itself included.
 * An attempt that failed without a word is no version once there is another: trying again replaces it.
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
