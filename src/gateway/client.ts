import type { ChatClient, ChatRequest, KeyStore, Log } from '../core/ports';
import { AnswerCall } from './answerCall';
import type { Transport } from './exchange';
import { listModels } from './models';
import { failureOf } from './failures';
import { prepareChatRequest } from './request';

/** What the client needs from outside. */
export interface ChatClientParts {
  readonly keys: KeyStore;
  readonly log: Log;
  /** The time in milliseconds since the epoch. */
  readonly now?: () => number;
}

/** A `ChatClient` that owns sockets. */
export interface HttpChatClient extends ChatClient {
  /** Loads what the first question needs (30 to 60 ms of work), so that it need not wait for it. */
  preload(): Promise<void>;
  /** Cancels what is under way and closes every socket. */
  dispose(): Promise<void>;
}

/** The client that speaks HTTP to real gateways. */
export function createChatClient({ keys, log, now = Date.now }: ChatClientParts): HttpChatClient {
  let opening: Promise<Transport> | undefined;
  const openTransport = (): Promise<Transport> =>
    (opening ??= import('./transport').then(
      (loaded) => loaded.openTransport(),
      (error: unknown) => {
        opening = undefined;
        throw error;
      },
    ));
  const underWay = new Set<AnswerCall>();

  /**
   * One question: key and request, transport, socket → bytes → events → chunks → parts. Every
   * way through ends the call, once.
   */
  async function run(request: ChatRequest, answer: AnswerCall): Promise<void> {
    try {
      const [prepared, transport] = await Promise.all([prepareChatRequest(request, keys), openTransport()]);
      if (prepared.failure !== undefined) answer.fail(prepared.failure);
      else answer.send(transport, prepared.call, prepared.request);
    } catch (error) {
      const { gateway, modelId } = request;
      const call = { gateway, modelId, url: gateway.baseUrl, secrets: [] };
      answer.fail(failureOf(call, 'unexpected', { detail: String(error) }));
    }
  }

  return {
    ask(request) {
      const answer = new AnswerCall({
        timeouts: request.timeouts,
        log,
        now,
        onEnded: () => underWay.delete(answer),
      });
      underWay.add(answer);
      void run(request, answer);
      return answer.parts;
    },
    listModels: (gateway, timeouts) => listModels({ gateway, timeouts, keys, log, now, openTransport }),
    async preload() {
      await openTransport();
    },
    async dispose() {
      for (const answer of underWay) answer.cancel();
      await (await opening)?.dispose();
    },
  };
}
