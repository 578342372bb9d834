/*
 * What is used of the clients in test/bench/package.json. They are installed for the benchmarks only, and the types
 * of this folder are checked without them.
 */

declare module 'openai' {
  interface Chunk {
    readonly choices: readonly { readonly delta?: { readonly content?: string | null } }[];
  }
  export default class OpenAI {
    constructor(options: { readonly baseURL: string; readonly apiKey: string });
    readonly chat: {
      readonly completions: {
        create(
          body: object,
          options: { readonly signal: AbortSignal | undefined },
        ): Promise<AsyncIterable<Chunk>>;
      };
    };
  }
}

declare module '@ai-sdk/openai-compatible' {
  type Part =
    | { readonly type: 'text-delta'; readonly delta: string }
    | { readonly type: 'error'; readonly error: unknown }
    | { readonly type: 'finish' };
  export interface Model {
    doStream(options: object): Promise<{ readonly stream: ReadableStream<Part> }>;
  }
  export function createOpenAICompatible(options: object): (modelId: string) => Model;
}

declare module 'ai' {
  import type { Model } from '@ai-sdk/openai-compatible';
  export function streamText(options: {
    readonly model: Model;
    readonly prompt: string;
    readonly abortSignal: AbortSignal | undefined;
  }): {
    readonly textStream: AsyncIterable<string>;
  };
}
