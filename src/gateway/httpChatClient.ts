import { shownAddress } from '../core/models/gateway';
import type { ChatClient, ChatRequest } from '../core/ports/chatClient';
import type { KeyStore } from '../core/ports/keyStore';
import type { Log } from '../core/ports/log';
import type { UnsupportedParameterMemory } from '../core/ports/unsupportedParameterMemory';
import { AnswerCall } from './call/answerCall';
import type { Transport } from './network/exchange';
import { fetchMedia, type FetchedMedia } from './endpoints/fetchMedia';
import { listModels } from './endpoints/listModels';
import { directNetwork, type NetworkSettings } from './network/networkSettings';
import { failureOf } from './failures/failureOf';
import { InMemoryUnsupportedParameters } from './unsupportedParameters/inMemoryUnsupportedParameters';
import { prepareChatRequest } from './endpoints/prepareChatRequest';
import { defaultRetryPolicy, type RetryPolicy } from './call/retryPolicy';
import type { Wait } from './call/wait';

/** What the client needs from outside. */
export interface ChatClientParts {
  readonly keys: KeyStore;
  readonly log: Log;
  /** How to reach gateways, asked for each request; without it, straight. */
  readonly network?: () => NetworkSettings;
  /** The time in milliseconds since the epoch. */
  readonly now?: () => number;
  /** The time in milliseconds from any beginning, which nobody sets, for the pace of a reply. */
  readonly elapsed?: () => number;
  /** How a request that failed before its first token is sent again. */
  readonly retry?: RetryPolicy;
  /** In [0, 1); spreads the retries. */
  readonly random?: () => number;
  /** Waits for a retry. */
  readonly wait?: Wait;
  /** What gateways are known to refuse; of this client alone when none is given. */
  readonly unsupportedParameters?: UnsupportedParameterMemory;
}

/** A `ChatClient` that owns sockets. */
export interface HttpChatClient extends ChatClient {
  /** Loads what the first question needs (30 to 60 ms of work), so that it need not wait for it. */
  preload(): Promise<void>;
  /**
   * Gets a picture, a sound or a video, without any key: for what the user wants to see. Never rejects;
   * undefined when that fails.
   */
  fetchMedia(url: string): Promise<FetchedMedia | undefined>;
  /** Cancels what is under way and closes every socket. */
  dispose(): Promise<void>;
}

/** The client that speaks HTTP to real gateways. */
export function createChatClient(parts: ChatClientParts): HttpChatClient {
  const { keys, log, network = () => directNetwork, now = Date.now } = parts;
  const { retry = defaultRetryPolicy, unsupportedParameters = new InMemoryUnsupportedParameters() } = parts;
  let opening: Promise<Transport> | undefined;
  const openFreshTransport = async (): Promise<Transport> =>
    (await import('./network/openTransport')).openTransport({
      network,
      log,
      ...(parts.elapsed !== undefined && { elapsed: parts.elapsed }),
    });
  const openTransport = (): Promise<Transport> =>
    (opening ??= openFreshTransport().catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  const underWay = new Set<AnswerCall>();
  /** Which base URLs are those of a llama-server, as far as their lists of models have been read. */
  const llamaServers = new Map<string, boolean>();

  /**
   * One question: key and request, transport, socket → bytes → events → chunks → parts. Every
   * way through ends the call, once.
   */
  async function run(request: ChatRequest, answer: AnswerCall): Promise<void> {
    try {
      const [prepared, transport] = await Promise.all([
        prepareChatRequest(request, keys, network(), llamaServers.get(request.gateway.baseUrl)),
        openTransport(),
      ]);
      if (prepared.failure !== undefined) answer.fail(prepared.failure);
      else answer.send(transport, prepared.call, prepared.request, prepared.reasoning);
    } catch (error) {
      const { gateway, modelId } = request;
      const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
      answer.fail(failureOf(call, 'unexpected', { detail: String(error) }));
    }
  }

  return {
    ask(request) {
      const answer = new AnswerCall({
        timeouts: request.timeouts,
        log,
        now,
        retry,
        unsupportedParameters,
        openFreshTransport,
        ...(parts.random !== undefined && { random: parts.random }),
        ...(parts.wait !== undefined && { wait: parts.wait }),
        onEnded: () => underWay.delete(answer),
      });
      underWay.add(answer);
      void run(request, answer);
      return answer.parts;
    },
    listModels: (gateway, timeouts) =>
      listModels({
        gateway,
        timeouts,
        keys,
        network,
        log,
        now,
        openTransport,
        onServer: (isLlamaServer) => {
          llamaServers.set(gateway.baseUrl, isLlamaServer);
        },
      }),
    async preload() {
      await openTransport();
    },
    async fetchMedia(url) {
      const target = URL.canParse(url) ? new URL(url) : undefined;
      if (target?.protocol !== 'https:' && target?.protocol !== 'http:') return undefined;
      const onProblem = (problem: string): void => {
        log.warn(`${target.host}: no medium, ${problem}`);
      };
      try {
        return await fetchMedia(target, await openTransport(), onProblem);
      } catch (error) {
        onProblem(String(error));
        return undefined;
      }
    },
    async dispose() {
      for (const answer of underWay) answer.cancel();
      await (await opening)?.dispose();
    },
  };
}
