import type { AnswerStream, StreamPart } from '../core/ports/answerStream';
import type { ChatRequest } from '../core/ports/chatClient';
import type { ChatClientParts, HttpChatClient } from './httpChatClient';

/**
 * Makes a client that loads its code, with undici, when it is first used. The code is a separate bundle, so that it does not
 * slow down the activation. The panel calls `preload` when the composer gets the focus, so that the first question need not
 * wait either.
 */
export function createLazyChatClient(parts: ChatClientParts): HttpChatClient {
  let loaded: HttpChatClient | undefined;
  let loading: Promise<HttpChatClient> | undefined;
  const load = async (): Promise<HttpChatClient> => {
    loaded = (await import('./httpChatClient')).createChatClient(parts);
    return loaded;
  };
  const client = (): Promise<HttpChatClient> =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));

  return {
    ask: (request) => loaded?.ask(request) ?? askOnceLoaded(client(), request),
    listModels: async (gateway, timeouts) => await (await client()).listModels(gateway, timeouts),
    checkBalance: async (...given) => await (await client()).checkBalance(...given),
    fetchNumbers: async (...given) => await (await client()).fetchNumbers(...given),
    preload: async () => {
      await (await client()).preload();
    },
    fetchMedia: async (url) => await (await client()).fetchMedia(url),
    dispose: async () => {
      await (await loading)?.dispose();
    },
  };
}

/** Asks as soon as the client is loaded. If it cannot be loaded, the answer fails. */
function askOnceLoaded(client: Promise<HttpChatClient>, request: ChatRequest): AnswerStream {
  let stream: AnswerStream | undefined;
  let isCancelled = false;
  const opened = client.then(
    (ready) => {
      stream = ready.ask(request);
      if (isCancelled) stream.cancel();
      return stream;
    },
    (error: unknown) => ({ error }),
  );
  return {
    cancel: () => {
      isCancelled = true;
      stream?.cancel();
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<readonly StreamPart[]> {
      const answer = await opened;
      if (!('error' in answer)) {
        yield* answer;
        return;
      }
      const failure = { kind: 'unexpected', retryable: true, detail: String(answer.error) } as const;
      yield [{ kind: 'ended', ending: { outcome: 'failed', failure } }];
    },
  };
}
