import type { Ending } from '../shared/ending';
import type { ConversationEvent } from '../shared/events';
import type { Conversation } from '../shared/conversation';
import type { Failure } from '../shared/failure';
import type { Media } from '../shared/media';
import type { Retry } from '../shared/retry';
import type { Source } from '../shared/source';
import type { Token } from '../shared/token';
import type { ToolCall } from '../shared/toolCall';
import type { Usage } from '../shared/usage';
import type { Gateway, ModelDescription } from './gateway';

/**
 * A part of a user's message; parts are sent only when there is a picture, since some gateways refuse arrays. Pictures before
 * the words come from the history and may be left out; those after the words are what the user asks about.
 */
export type PromptPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** One message on the wire. */
export type PromptMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: string | readonly PromptPart[] }
  | {
      readonly role: 'assistant';
      readonly content: string;
      /** Sent back only to models that want it, as `reasoning_content`. */
      readonly reasoning?: string;
      /** What it thought and the model is not expected to want; sent when its gateway turns out to demand it. */
      readonly unsentReasoning?: string;
      readonly toolCalls?: readonly ToolCall[];
    }
  | { readonly role: 'tool'; readonly content: string; readonly callId: string };

/** A function that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Runs what models call. */
export interface ToolRunner {
  readonly definitions: readonly ToolDefinition[];
  /** The result as text for the model. What it rejects with is told to the model as an error. */
  run(call: ToolCall): Promise<string>;
}

/** Limits of each wait, in seconds. There is no limit on the whole: a slow answer is still an answer. */
export interface Timeouts {
  /** Until the connection stands. */
  readonly connect: number;
  /** From the request's end to the first piece of the answer. */
  readonly firstToken: number;
  /** Between two pieces of the answer. Heartbeats do not count as pieces. */
  readonly idle: number;
}

/** All that the wire needs to ask one question. The key is not part of it: the client fetches it itself. */
export interface ChatRequest {
  readonly gateway: Gateway;
  readonly modelId: string;
  readonly messages: readonly PromptMessage[];
  /** Request fields that the user set (`temperature` …), already checked. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly timeouts: Timeouts;
  /** Functions that the model may call; absent or empty when there are none. */
  readonly tools?: readonly ToolDefinition[];
}

/**
 * A piece of an answer, as the tolerant reader understood it. `choice` tells which of `n` answers it
 * belongs to; it is absent for the first.
 */
export type StreamPart =
  | { readonly kind: 'text'; readonly text: string; readonly choice?: number }
  | { readonly kind: 'reasoning'; readonly text: string; readonly choice?: number }
  /**
   * The last `length` characters of text were reasoning: a model whose prompt opened the thinking shows that only when it
   * closes it. They become the end of the reasoning.
   */
  | { readonly kind: 'text-was-reasoning'; readonly length: number; readonly choice?: number }
  | { readonly kind: 'media'; readonly media: Media; readonly choice?: number }
  /** Pages that the answer refers to; those with a number that came before bring what was not known of them. */
  | { readonly kind: 'sources'; readonly sources: readonly Source[]; readonly choice?: number }
  /** How much of the prompt is read, in tokens. Comes before the first piece of the answer. */
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'tokens'; readonly tokens: readonly Token[]; readonly choice?: number }
  /** A whole call: its deltas are assembled. Comes at the end of the answer, also when the call was cut. */
  | { readonly kind: 'tool-call'; readonly call: ToolCall; readonly choice?: number }
  /** The finish reason of a choice other than the first, whose own is in `ended`. */
  | { readonly kind: 'choice-finished'; readonly choice: number; readonly finishReason: string }
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** The model that the gateway names in its reply; sent once. */
  | { readonly kind: 'served-model'; readonly modelId: string }
  /** The request failed before its first token and is about to be sent again. */
  | { readonly kind: 'retrying'; readonly retry: Retry }
  /** The gateway refused a part of the request, which is sent again without it. */
  | { readonly kind: 'adapted'; readonly part: string }
  /** Always the last part, and always there. */
  | { readonly kind: 'ended'; readonly ending: Ending };

/**
 * The parts of one answer, in batches: all that one read of the socket held. Iterating never
 * throws; whatever happens, the very last part is one `ended`. While the consumer does not ask for
 * the next batch, the socket is paused.
 */
export interface AnswerStream extends AsyncIterable<readonly StreamPart[]> {
  /** Closes the socket. The stream then ends with `cancelled`, unless it already had an end. */
  cancel(): void;
}

/** A gateway's models, and where the list comes from. */
export interface ModelListing {
  readonly models: readonly ModelDescription[];
  /** Set when the gateway's own list could not be had and `models` is the preset's. */
  readonly failure?: Failure;
}

/** The wire. */
export interface ChatClient {
  /** Asks. Starts at once; nothing is thrown. */
  ask(request: ChatRequest): AnswerStream;
  /** `GET {baseUrl}/models`, with the gateway's known models instead when that fails. Never rejects. */
  listModels(gateway: Gateway, timeouts: Timeouts): Promise<ModelListing>;
}

/** Where keys are kept. */
export interface KeyStore {
  /** The key for a gateway at an origin (see `originOf`); undefined when none is stored. */
  read(gatewayId: string, origin: string): Promise<string | undefined>;
}

/** A conversation in the list. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly messageCount: number;
  readonly pinned: boolean;
}

/** A conversation that a search found. */
export interface SearchHit {
  readonly conversation: ConversationSummary;
  /** The words around the first place in a message, in one line; null when the title has all the words. */
  readonly excerpt: string | null;
}

/** Where conversations are kept: one journal of events each. */
export interface ConversationStore {
  /**
   * The conversations whose title or messages contain the words of `query`, whatever their case: pinned
   * ones first, then the newest. Everything for a blank query.
   */
  search(query: string): Promise<readonly SearchHit[]>;
  /** All conversations, pinned ones first, then the newest. Damaged ones are left out and reported to the log, never deleted. */
  list(): Promise<readonly ConversationSummary[]>;
  /** Reduces a conversation from its journal; undefined when there is none. */
  load(id: string): Promise<Conversation | undefined>;
  /**
   * Appends events, in order. Returns at once; the write follows. Resolves when these events are in
   * the file, rejects when they could not be written (they stay queued and are tried again with the
   * next append).
   */
  append(id: string, events: readonly ConversationEvent[]): Promise<void>;
  /** Moves a conversation to the trash, from where `restore` brings it back. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Resolves when everything appended so far is written. */
  flush(): Promise<void>;
}

/** Messages for developers; the implementation redacts. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * What is known of a gateway's likes, per gateway and model: which parts of a request it refuses.
 * Remembered across windows, shown to the user, and forgotten on request.
 */
export interface QuirkMemory {
  /** Parts that this model at this gateway refused, such as `stream_options`. */
  refused(gatewayId: string, modelId: string): ReadonlySet<string>;
  /** Remembers a refusal. */
  remember(gatewayId: string, modelId: string, part: string): void;
  /** The context window that this model's gateway named when a prompt was too long for it, in tokens; undefined until then. */
  contextWindow(gatewayId: string, modelId: string): number | undefined;
  /** Remembers a context window. */
  rememberContextWindow(gatewayId: string, modelId: string, tokens: number): void;
}
