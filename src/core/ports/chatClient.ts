import type { ChatEndpoint } from '../models/chatEndpoint';
import type { Failure } from '../../shared/failure/failure';
import type { Gateway, ModelDescription } from '../models/gateway';
import type { Route, Timeouts } from '../models/route';
import type { AnswerStream } from './answerStream';
import type { PromptMessage } from './promptMessage';
import type { ToolDefinition } from './toolRunner';

/** One request for an answer. */
export interface ChatRequest extends Route {
  readonly modelId: string;
  readonly messages: readonly PromptMessage[];
  /** Functions that the model may call; absent or empty when there are none. */
  readonly tools?: readonly ToolDefinition[];
  /** Most tokens of an answer. Some endpoints demand a limit; absent when unknown. */
  readonly maxOutput?: number;
  /** Asks this endpoint and no other; absent: the endpoint that the settings, the gateway or an earlier error name. */
  readonly endpoint?: ChatEndpoint;
}

/** The models of a gateway. */
export interface ModelListing {
  readonly models: readonly ModelDescription[];
  /** Set when the gateway's own list could not be read. `models` then holds the models that the settings or the preset name. */
  readonly failure?: Failure;
}

/** Sends requests to gateways. */
export interface ChatClient {
  /** Sends a request at once. Never throws: the stream ends with the failure. */
  ask(request: ChatRequest): AnswerStream;
  /** Reads `GET {baseUrl}/models`. Never rejects; see `ModelListing.failure`. */
  listModels(gateway: Gateway, timeouts: Timeouts): Promise<ModelListing>;
}
