import { shownAddress, type Gateway } from '../core/models/gateway';
import type { Timeouts } from '../core/models/route';
import type { BalanceCheck, BalanceRoute, NumbersReply } from '../core/ports/balanceCheck';
import { learnedEndpoint, type ChatEndpoint } from '../core/models/chatEndpoint';
import type { ChatClient, ChatRequest } from '../core/ports/chatClient';
import type { CompletionClient, CompletionRequest } from '../core/ports/completionClient';
import type { EndpointProber } from '../core/ports/endpointProber';
import type { GenerationClient } from '../core/ports/generationClient';
import type { Embedder } from '../core/ports/embedder';
import type { KeyStore } from '../core/ports/keyStore';
import type { Log } from '../core/ports/log';
import type { PromptMessage } from '../core/ports/promptMessage';
import type { UnsupportedParameterMemory } from '../core/ports/unsupportedParameterMemory';
import type { KeptReasoning } from '../shared/answer/keptReasoning';
import { AnswerCall } from './call/answerCall';
import { streamOnceLoaded } from './call/streamOnceLoaded';
import type { OpenGeneration } from './endpoints/generation/createGeneration';
import type { Transport } from './network/exchange';
import { checkBalance, fetchNumbers } from './endpoints/balance/checkBalance';
import { loadEndpointFormat } from './loadEndpointFormat';
import { prepareCompletion } from './endpoints/completions/prepareCompletion';
import { probeEndpoint } from './endpoints/probe/probeEndpoint';
import { EmbeddingClient } from './endpoints/embeddings/embeddingClient';
import { fetchMedia, type FetchedMedia } from './endpoints/fetchMedia';
import { listModels } from './endpoints/listModels';
import {
  requestTranscription,
  type TranscriptionReply,
  type TranscriptionRequest,
} from './endpoints/transcription/requestTranscription';
import { requestSpeech, type SpeechReply, type SpeechRequest } from './endpoints/speech/requestSpeech';
import { directNetwork, type NetworkSettings } from './network/networkSettings';
import { failureOf } from './failures/failureOf';
import { InMemoryUnsupportedParameters } from './unsupportedParameters/inMemoryUnsupportedParameters';
import { prepareChatRequest } from './endpoints/prepareChatRequest';
import { defaultRetryPolicy, wait, type RetryPolicy, type Wait } from './failures/retryPolicy';

/** What the client needs. Optional parts have the usual defaults; tests replace them. */
export interface ChatClientParts {
  readonly keys: KeyStore;
  readonly log: Log;
  /** How to reach gateways, read for each request. Direct connections if absent. */
  readonly network?: () => NetworkSettings;
  /** The time in milliseconds since the epoch. */
  readonly now?: () => number;
  /** The time in milliseconds from any starting point, to measure the speed of a reply. */
  readonly elapsed?: () => number;
  /** How a request that failed before its first token is sent again. */
  readonly retry?: RetryPolicy;
  /** Returns a number in [0, 1), for the random wait before a retry. */
  readonly random?: () => number;
  /** Waits before a retry. */
  readonly wait?: Wait;
  /** The unsupported parameters that are already known. In memory only if absent. */
  readonly unsupportedParameters?: UnsupportedParameterMemory;
}

/** A `ChatClient` with sockets. */
export interface HttpChatClient
  extends ChatClient, CompletionClient, EndpointProber, GenerationClient, Embedder {
  /** Loads the code for the first question (30 to 60 ms), so that the question need not wait for it. */
  preload(): Promise<void>;
  /** Downloads a picture, a sound or a video without any key. Never rejects; undefined if the download fails. */
  fetchMedia(url: string): Promise<FetchedMedia | undefined>;
  /**
   * Asks a gateway for its balance. Costs nothing. Never rejects.
   *
   * @param known The route that answered last.
   */
  checkBalance(gateway: Gateway, timeouts: Timeouts, known?: BalanceRoute): Promise<BalanceCheck>;
  /** Gets a page of the gateway's own origin and lists the numbers in it. Never rejects. */
  fetchNumbers(gateway: Gateway, path: string, timeouts: Timeouts): Promise<NumbersReply>;
  /** Lets a model speak a text. Sends one request, which the gateway charges for. Never rejects. */
  speak(request: SpeechRequest): Promise<SpeechReply>;
  /** Lets a model write down a sound. Sends one request, which the gateway charges for. Never rejects. */
  transcribe(request: TranscriptionRequest): Promise<TranscriptionReply>;
  /** Cancels all running requests and closes every socket. */
  dispose(): Promise<void>;
}

/** Makes a client that sends HTTP requests to gateways. */
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
  let generating: Promise<OpenGeneration> | undefined;
  const openGeneration = async (): Promise<OpenGeneration> =>
    (await import('./endpoints/generation/createGeneration')).createGeneration({
      keys,
      log,
      network,
      now,
      retry,
      unsupportedParameters,
      openTransport,
      openFreshTransport,
      random: parts.random ?? Math.random,
      wait: parts.wait ?? wait,
    });
  const generation = (): Promise<OpenGeneration> =>
    (generating ??= openGeneration().catch((error: unknown) => {
      generating = undefined;
      throw error;
    }));
  const embedding = new EmbeddingClient({ keys, network, now, openTransport, wait: parts.wait ?? wait });
  const underWay = new Set<AnswerCall>();
  /** Which base URLs are those of a llama-server, as far as their lists of models have been read. */
  const llamaServers = new Map<string, boolean>();

  /** The endpoint for a question: the one that the user chose for the model, else what is known about the model, else the gateway's. */
  function endpointFor(request: ChatRequest): { readonly endpoint: ChatEndpoint; readonly isFixed: boolean } {
    const { gateway, modelId } = request;
    const chosen = request.endpoint ?? gateway.models.find(({ id }) => id === modelId)?.endpoint;
    const endpoint =
      chosen ??
      learnedEndpoint(unsupportedParameters.unsupported(gateway.id, modelId)) ??
      gateway.endpoint ??
      request.listedEndpoint ??
      'chat';
    return { endpoint, isFixed: chosen !== undefined };
  }

  /** Sends one question. Every path ends `answer` exactly once, so this never rejects. */
  async function run(request: ChatRequest, answer: AnswerCall): Promise<void> {
    try {
      const { endpoint, isFixed } = endpointFor(request);
      const [prepared, transport, format] = await Promise.all([
        prepareChatRequest(request, keys, network(), llamaServers.get(request.gateway.baseUrl)),
        openTransport(),
        endpoint === 'chat' ? undefined : loadEndpointFormat(endpoint),
      ]);
      if (prepared.failure !== undefined) answer.fail(prepared.failure);
      else
        answer.send(transport, prepared.call, prepared.request, {
          ...(prepared.reasoning !== undefined && { reasoning: prepared.reasoning }),
          ...(format !== undefined && { format }),
          ...(request.maxOutput !== undefined && { maxOutput: request.maxOutput }),
          keptReasoning: keptReasoningOf(request.messages),
          isEndpointFixed: isFixed,
        });
    } catch (error) {
      failUnexpectedly(request, answer, error);
    }
  }

  /** Sends one completion. Every path ends `answer` exactly once, so this never rejects. */
  async function runCompletion(request: CompletionRequest, answer: AnswerCall): Promise<void> {
    try {
      const [prepared, transport] = await Promise.all([
        prepareCompletion(request, keys, network()),
        openTransport(),
      ]);
      if (prepared.failure !== undefined) answer.fail(prepared.failure);
      else answer.send(transport, prepared.call, prepared.request, prepared.about);
    } catch (error) {
      failUnexpectedly(request, answer, error);
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
        loadFormat: loadEndpointFormat,
        ...(parts.random !== undefined && { random: parts.random }),
        ...(parts.wait !== undefined && { wait: parts.wait }),
        onEnded: () => underWay.delete(answer),
      });
      underWay.add(answer);
      void run(request, answer);
      return answer.parts;
    },
    complete(request) {
      // Without retries: a completion that comes late is of no use.
      const answer = new AnswerCall({
        timeouts: request.timeouts,
        log,
        now,
        unsupportedParameters,
        onEnded: () => underWay.delete(answer),
      });
      underWay.add(answer);
      void runCompletion(request, answer);
      return answer.parts;
    },
    probe: (gateway, endpoint, timeouts) =>
      probeEndpoint({ gateway, endpoint, timeouts }, { keys, network, openTransport, now }),
    generate: (request) => streamOnceLoaded(generation(), (client) => client.generate(request)),
    followTask: (...task) => streamOnceLoaded(generation(), (client) => client.followTask(...task)),
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
    checkBalance: (gateway, timeouts, known) =>
      checkBalance({ gateway, timeouts, keys, network, now, openTransport }, known),
    fetchNumbers: (gateway, path, timeouts) =>
      fetchNumbers({ gateway, timeouts, keys, network, now, openTransport }, path),
    embed: (request) => embedding.embed(request),
    async preload() {
      await openTransport();
    },
    async fetchMedia(url) {
      const target = URL.canParse(url) ? new URL(url) : undefined;
      if (target?.protocol !== 'https:' && target?.protocol !== 'http:') return undefined;
      const onProblem = (problem: string): void => {
        log.warn(`${target.host}: the medium could not be downloaded: ${problem}`);
      };
      try {
        return await fetchMedia(target, await openTransport(), onProblem);
      } catch (error) {
        onProblem(String(error));
        return undefined;
      }
    },
    speak: (request) => requestSpeech(request, { keys, network, openTransport, now }),
    transcribe: (request) => requestTranscription(request, { keys, network, openTransport, now }),
    async dispose() {
      for (const answer of underWay) answer.cancel();
      (await generating)?.cancelAll();
      await (await opening)?.dispose();
    },
  };
}

function failUnexpectedly(
  { gateway, modelId }: Pick<ChatRequest, 'gateway' | 'modelId'>,
  answer: AnswerCall,
  error: unknown,
): void {
  const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
  answer.fail(failureOf(call, 'unexpected', { detail: String(error) }));
}

/** The reasoning of answers that call a tool, by the id of their first call. */
function keptReasoningOf(messages: readonly PromptMessage[]): ReadonlyMap<string, KeptReasoning> {
  const kept = new Map<string, KeptReasoning>();
  for (const message of messages) {
    if (message.role !== 'assistant' || message.keptReasoning === undefined) continue;
    const [first] = message.toolCalls ?? [];
    if (first !== undefined) kept.set(first.id, message.keptReasoning);
  }
  return kept;
}
