/** A way to ask a gateway for an answer and to read its stream. */
export interface Contestant {
  /**
   * Asks one question; hears each piece of the answer's text as soon as it can be had. Resolves at the answer's end.
   * Breaks off when the signal says so, or with `close`, whichever the client knows.
   */
  ask(onText: (text: string) => void, signal?: AbortSignal): Promise<void>;
  /** Loads what the first question would otherwise load; absent where nothing is loaded late. */
  preload?(): Promise<void>;
  /** Closes what is open. */
  close(): Promise<void>;
}

/** Makes a contestant for the gateway at this base URL (up to and with `/v1`). No socket is opened yet. */
export type OpenContestant = (baseUrl: string) => Contestant;

/** What all of them ask. */
export const question = 'Hello?';

/** The model that all of them ask. */
export const modelId = 'model';

/** What is read of a chunk. */
export interface AnswerChunk {
  readonly choices: readonly { readonly delta?: { readonly content?: string | null } }[];
}

/** The text that a chunk brings. */
export function textOf(chunk: AnswerChunk): string {
  return chunk.choices[0]?.delta?.content ?? '';
}

/** The request's body where it is written by hand. */
export const requestBody = JSON.stringify({
  model: modelId,
  messages: [{ role: 'user', content: question }],
  stream: true,
});
