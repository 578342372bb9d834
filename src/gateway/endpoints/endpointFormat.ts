import type { ChatEndpoint } from '../../core/models/chatEndpoint';
import type { KeptReasoning } from '../../shared/answer/keptReasoning';
import type { ReplyFormat } from '../reply/replyFormat';
import type { RequestBody } from '../unsupportedParameters/removeUnsupportedParameters';

/** What an endpoint needs to write a request, beside the request in the format of Chat Completions. */
export interface WritingFacts {
  /** The reasoning of answers that call a tool, by the id of their first call. */
  readonly keptReasoning: ReadonlyMap<string, KeptReasoning>;
  /** Most tokens of an answer; undefined if unknown. */
  readonly maxOutput: number | undefined;
  /** What this model does not support: see `UnsupportedParameterMemory`. */
  readonly unsupported: ReadonlySet<string>;
}

/**
 * The format of an endpoint other than `/chat/completions`. All requests are first written for Chat Completions, so that what
 * was learned about a gateway applies to each endpoint, and then translated.
 */
export interface EndpointFormat {
  readonly endpoint: Exclude<ChatEndpoint, 'chat'>;
  /** Translates a request from the format of Chat Completions. */
  write(body: RequestBody, facts: WritingFacts): RequestBody;
  /** The names of this endpoint for fields that have another name in Chat Completions. */
  readonly chatNames: Readonly<Record<string, string | undefined>>;
  /**
   * Finds what an error of this endpoint refuses, if it is no field and no form of messages. The result is an unsupported parameter
   * that `write` understands.
   *
   * @param words The error of the gateway.
   * @param sent The request in the format of this endpoint.
   */
  findRefusal(words: string, sent: RequestBody): string | undefined;
  newReader(): ReplyFormat;
}
