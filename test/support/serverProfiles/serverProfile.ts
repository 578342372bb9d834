import type { PresetId } from '../../../src/gateway/setup/gatewayPresets';

/** What a model says, piece by piece as a server streams it. */
export interface ModelAnswer {
  /** What the model thinks before it answers; empty for none. */
  readonly reasoning: readonly string[];
  readonly text: readonly string[];
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** One reply over HTTP. */
export interface CannedReply {
  readonly status: number;
  readonly body: string;
  /** Default: `application/json`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One behaviour and where it is documented, reported or was recorded. */
export interface Sourced<T> {
  readonly behaviour: T;
  readonly source: string;
}

/** How a server says that it has not loaded its model yet. `waits`: the reply begins when it has. `closed`: nothing listens before. */
export type Loading = CannedReply | 'waits' | 'closed' | 'never';

/** How a server differs from the others that speak OpenAI's chat completions. Each difference has its source. */
export interface ServerProfile {
  readonly name: string;
  /** Parley's preset for this server; `undefined` for one that each user has an address of. */
  readonly preset: PresetId | undefined;
  /** The one chat model that it serves. */
  readonly model: string;
  /** The value of `Server`, as it tells servers apart. */
  readonly serverHeader: string | undefined;
  /** `GET /v1/models`. */
  readonly list: Sourced<CannedReply>;
  /** `GET /v1/models` of a server that has no model yet. */
  readonly emptyList: Sourced<CannedReply>;
  /** What the list tells of the model's window, in tokens. */
  readonly contextWindow: number | undefined;
  /** True: `GET /v1/models` needs no key although the rest does. */
  readonly listIsPublic: Sourced<boolean>;
  /** True: another model's name in the request changes nothing. */
  readonly ignoresModelName: boolean;
  readonly whole: Sourced<(answer: ModelAnswer, model: string) => CannedReply>;
  /** The events of a streamed answer, in pieces as they are written to the socket. */
  readonly stream: Sourced<(answer: ModelAnswer, model: string) => readonly string[]>;
  /** A prompt longer than the window; `cut`: it is answered as if it were shorter. */
  readonly tooLong: Sourced<CannedReply | 'cut'>;
  /** A picture to a model that sees none. */
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

/** One event of a stream; an object becomes JSON. */
export function event(data: object | string): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** `usage` as OpenAI documents it. */
export function usageOf({ promptTokens, completionTokens }: ModelAnswer): Readonly<Record<string, number>> {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
