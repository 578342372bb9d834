import type { Failure } from '../../shared/failure/failure';
import type { Gateway, ModelDescription } from '../models/gateway';
import type { AnswerStream } from './answerStream';
import type { PromptMessage } from './promptMessage';
import type { ToolDefinition } from './toolRunner';

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
