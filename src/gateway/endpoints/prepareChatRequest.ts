import { originOf, shownAddress, type Gateway } from '../../core/models/gateway';
import type { ChatRequest } from '../../core/ports/chatClient';
import type { KeyStore } from '../../core/ports/keyStore';
import type { Failure } from '../../shared/failure/failure';
import { endpointUrl, secretsInQuery } from '../setup/normaliseBaseUrl';
import type { WireRequest } from '../network/exchange';
import { mayCarryKey } from '../network/mayCarryKey';
import { failureOf, type Call } from '../failures/failureOf';
import type { NetworkSettings } from '../network/networkSettings';
import { wireMessage, wireTool } from './wireMessage';

/** A request that can be sent, or the failure that prevents it. */
export type PreparedRequest =
  | {
      readonly call: Call;
      readonly request: WireRequest;
      /** The reasoning of each message, at the same index; '' for none. Absent if the body has no messages. */
      readonly reasoning?: readonly string[];
      readonly failure?: undefined;
    }
  | { readonly failure: Failure };

/** Headers of the connection, which the user cannot set. */
const connectionHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);

/**
 * Prepares `POST {baseUrl}/chat/completions`. Never rejects.
 *
 * @param isLlamaServer What the server's list of models said about that; undefined when no list has been read.
 */
export async function prepareChatRequest(
  request: ChatRequest,
  keys: KeyStore,
  network: NetworkSettings,
  isLlamaServer?: boolean,
): Promise<PreparedRequest> {
  const { gateway, modelId } = request;
  const body = chatBody(request, isLlamaServer);
  const prepared = await prepareRequest(
    gateway,
    modelId,
    endpointUrl(gateway.baseUrl, '/chat/completions'),
    { keys, network },
    (url, headers) => ({
      method: 'POST',
      url,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        // A proxy that compresses the stream would delay it.
        'accept-encoding': 'identity',
      },
      body: JSON.stringify(body),
    }),
  );
  if (prepared.failure !== undefined) return prepared;
  const choices = Number(body['n']);
  return {
    ...prepared,
    call: choices > 1 ? { ...prepared.call, choices } : prepared.call,
    reasoning: request.messages.map((message) =>
      message.role === 'assistant' ? (message.reasoning ?? message.unsentReasoning ?? '') : '',
    ),
  };
}

/** Prepares `GET {baseUrl}/models`. Never rejects. */
export async function prepareModelsRequest(
  gateway: Gateway,
  keys: KeyStore,
  network: NetworkSettings,
): Promise<PreparedRequest> {
  const address = endpointUrl(gateway.baseUrl, '/models');
  return prepareRequest(gateway, undefined, address, { keys, network }, (url, headers) => ({
    method: 'GET',
    url,
    headers: { ...headers, accept: 'application/json', 'accept-encoding': 'gzip, deflate, br' },
  }));
}

/**
 * The body of a chat request. The user's parameters override Parley's fields, and the gateway's `extraBody` overrides both.
 * `stream_options` is added only to a streamed request, because OpenAI rejects it otherwise.
 *
 * @param isLlamaServer Default: true for a gateway that was added as llama.cpp.
 */
function chatBody(
  request: ChatRequest,
  isLlamaServer = request.gateway.id === 'llamacpp',
): Readonly<Record<string, unknown>> {
  const { tools = [] } = request;
  const set: Readonly<Record<string, unknown>> & { readonly stream?: unknown } = {
    ...request.parameters,
    ...request.gateway.extraBody,
  };
  const streams = set.stream === undefined || set.stream === true;
  return {
    model: request.modelId,
    messages: request.messages.map(wireMessage),
    stream: true,
    ...(streams && { stream_options: { include_usage: true } }),
    // OpenRouter then reports what the request cost.
    ...(originOf(request.gateway.baseUrl) === 'https://openrouter.ai' && { usage: { include: true } }),
    // llama-server reports its progress with the prompt, which may take minutes.
    ...(streams && isLlamaServer && { return_progress: true }),
    ...(tools.length > 0 && { tools: tools.map(wireTool) }),
    ...set,
  };
}

/**
 * Prepares a request to any endpoint of a gateway: with its key, if the address may carry it. Never rejects.
 *
 * @param address The URL of the endpoint; undefined if the base URL is invalid.
 * @param build Makes the request from the URL and the headers with the key.
 */
export async function prepareRequest(
  gateway: Gateway,
  modelId: string | undefined,
  address: URL | undefined,
  { keys, network }: { readonly keys: KeyStore; readonly network: NetworkSettings },
  build: (url: URL, headers: Readonly<Record<string, string>>) => WireRequest,
): Promise<PreparedRequest> {
  const url = ofOneHost(gateway.baseUrl, address);
  const call: Call = {
    gateway,
    ...(modelId !== undefined && { modelId }),
    url: shownAddress(url?.href ?? gateway.baseUrl),
    secrets: [...Object.values(gateway.headers), ...secretsInQuery(gateway.baseUrl)],
  };
  if (url === undefined) return { failure: failureOf(call, 'invalid-url') };
  const badHeader = Object.entries(gateway.headers).find((header) => !isHeader(...header))?.[0];
  if (badHeader !== undefined) {
    return { failure: failureOf(call, 'invalid-header', { detail: badHeader }) };
  }
  const key = await readKey(gateway, keys);
  // A local server may need a key. A stored key is sent, but no key is required.
  const mayGoWithout = gateway.auth === 'none';
  const isUnwanted = 'authorization' in ownHeaders(gateway) || !mayCarryKey(url, network.clearTextOrigins);
  if (mayGoWithout && (key === undefined || isUnwanted)) {
    return { call, request: build(url, ownHeaders(gateway)) };
  }
  if (key === undefined) return { failure: failureOf(call, 'missing-key') };
  if (!mayCarryKey(url, network.clearTextOrigins)) {
    return { failure: failureOf(call, 'insecure-address', { host: url.host }) };
  }
  const withKey: Call = { ...call, secrets: [...call.secrets, key] };
  if (!/^[\x21-\x7e]+$/.test(key)) return { failure: failureOf(withKey, 'invalid-key') };
  const headers =
    typeof gateway.auth === 'string' ? bearer(key) : { [gateway.auth.header.toLowerCase()]: key };
  return { call: withKey, request: build(url, { ...ownHeaders(gateway), ...headers }) };
}

function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** The key that is stored for this gateway and for the origin of its base URL. */
async function readKey(gateway: Gateway, keys: KeyStore): Promise<string | undefined> {
  const origin = originOf(gateway.baseUrl);
  if (origin === undefined) return undefined;
  const key = (await keys.read(gateway.id, origin))?.trim();
  return key === '' ? undefined : key;
}

/** The URL of an endpoint. Undefined if the base URL is invalid, or if two ways to parse it give different hosts. */
function ofOneHost(baseUrl: string, url: URL | undefined): URL | undefined {
  const origin = originOf(baseUrl);
  if (url === undefined || origin === undefined) return undefined;
  // The key is chosen by `origin` and sent to `url`, so both must be the same host.
  return URL.parse(origin)?.origin === url.origin ? url : undefined;
}

/** Parley's headers and the user's. The header with the key is added later and replaces one with the same name. */
function ownHeaders(gateway: Gateway): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': 'Parley' };
  for (const [name, value] of Object.entries(gateway.headers)) {
    const lowered = name.toLowerCase();
    if (!connectionHeaders.has(lowered)) headers[lowered] = value;
  }
  return headers;
}

function isHeader(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
