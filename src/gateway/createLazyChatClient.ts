import { streamOnceLoaded } from './call/streamOnceLoaded';
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
    ask: (request) => loaded?.ask(request) ?? streamOnceLoaded(client(), (ready) => ready.ask(request)),
    complete: (request) => streamOnceLoaded(client(), (ready) => ready.complete(request)),
    probe: async (...given) => await (await client()).probe(...given),
    generate: (request) => streamOnceLoaded(client(), (ready) => ready.generate(request)),
    followTask: (...task) => streamOnceLoaded(client(), (ready) => ready.followTask(...task)),
    listModels: async (gateway, timeouts) => await (await client()).listModels(gateway, timeouts),
    checkBalance: async (...given) => await (await client()).checkBalance(...given),
    fetchNumbers: async (...given) => await (await client()).fetchNumbers(...given),
    embed: async (request) => await (await client()).embed(request),
    preload: async () => {
      await (await client()).preload();
    },
    fetchMedia: async (url) => await (await client()).fetchMedia(url),
    transcribe: async (request) => await (await client()).transcribe(request),
    speak: async (request) => await (await client()).speak(request),
    dispose: async () => {
      await (await loading)?.dispose();
    },
  };
}
