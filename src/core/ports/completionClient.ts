import type { Gateway } from '../models/gateway';
import type { Timeouts } from '../models/route';
import type { AnswerStream } from './answerStream';

/**
 * The ways to complete a text between a prefix and a suffix. The names are stored on disk, so they must not change.
 * - `suffix`: `POST /completions` with the field `suffix`.
 * - `tokens`: `POST /completions`, with the tokens of the model's family in the prompt.
 * - `infill`: `POST /infill` of llama.cpp, beside `/v1`.
 * - `deepseek`: `POST /beta/completions`, beside `/v1`.
 * - `mistral`: `POST /fim/completions`, whose reply has the format of a chat.
 * - `ollama`: `POST /api/generate`, beside `/v1`.
 * - `chat`: a question to a chat model. Slow, so it comes last.
 */
export const completionForms = [
  'suffix',
  'tokens',
  'infill',
  'deepseek',
  'mistral',
  'ollama',
  'chat',
] as const;

/** One of these ways. */
export type CompletionForm = (typeof completionForms)[number];

/** A request for the text between a prefix and a suffix. */
export interface CompletionRequest {
  readonly gateway: Gateway;
  readonly modelId: string;
  readonly timeouts: Timeouts;
  readonly form: CompletionForm;
  /** Not empty, because many gateways refuse an empty prompt. */
  readonly prefix: string;
  readonly suffix: string;
  readonly maxTokens: number;
  /** At most four texts that end the completion. They are not part of it. */
  readonly stop: readonly string[];
}

/** Completes texts. */
export interface CompletionClient {
  /**
   * Sends one request in the given form. Sends it again only without a parameter that the gateway has refused. Never throws: the
   * stream ends with the failure. Cancelling closes the socket.
   */
  complete(request: CompletionRequest): AnswerStream;
}
