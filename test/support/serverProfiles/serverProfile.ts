import type { PresetId } from '../../../src/gateway/setup/presetIds';

/** The output of a model, in the deltas of a stream. */
export interface ModelAnswer {
  /** The reasoning before the answer; empty for none. */
  readonly reasoning: readonly string[];
  readonly text: readonly string[];
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** An HTTP reply. */
export interface CannedReply {
  readonly status: number;
  readonly body: string;
  /** `application/json` if absent. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A behaviour of a server, and where it is documented, reported or was recorded. */
export interface Sourced<T> {
  readonly behaviour: T;
  readonly source: string;
}

/** How a server shows that its model is not loaded. `waits`: the reply begins when it is loaded. `closed`: nothing listens before. */
export type Loading = CannedReply | 'waits' | 'closed' | 'never';

/** The differences between a server and other servers with OpenAI's chat completions. Each difference has its source. */
export interface ServerProfile {
  readonly name: string;
  /** Parley's preset for this server; `undefined` if each user has their own address. */
  readonly preset: PresetId | undefined;
  /** The only chat model of the server. */
  readonly model: string;
  /** The value of the header `Server`. */
  readonly serverHeader: string | undefined;
  /** `GET /v1/models`. */
  readonly list: Sourced<CannedReply>;
  /** `GET /v1/models` of a server without a model. */
  readonly emptyList: Sourced<CannedReply>;
  /** The context window in the list, in tokens. */
  readonly contextWindow: number | undefined;
  /** True if `GET /v1/models` needs no key although other requests do. */
  readonly listIsPublic: Sourced<boolean>;
  /** True if the server ignores the name of the model in a request. */
  readonly ignoresModelName: boolean;
  readonly whole: Sourced<(answer: ModelAnswer, model: string) => CannedReply>;
  /** The events of a streamed answer, in the pieces in which the server writes them. */
  readonly stream: Sourced<(answer: ModelAnswer, model: string) => readonly string[]>;
  /** The reply to a prompt that is longer than the context window. `cut`: the server shortens the prompt and answers. */
  readonly tooLong: Sourced<CannedReply | 'cut'>;
  /** The reply to a picture if the model does not accept pictures. */
  readonly pictureRefused: Sourced<CannedReply>;
  readonly wrongKey: Sourced<CannedReply>;
  readonly wrongModel: Sourced<(model: string) => CannedReply>;
  readonly wrongPath: Sourced<(method: string, path: string) => CannedReply>;
  readonly loading: Sourced<Loading>;
}

/** A JSON reply. */
export function json(status: number, body: unknown): CannedReply {
  return { status, body: JSON.stringify(body) };
}

/** One event of a stream. An object becomes JSON. */
export function event(data: object | string): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** `usage` in OpenAI's format. */
export function usageOf({ promptTokens, completionTokens }: ModelAnswer): Readonly<Record<string, number>> {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
