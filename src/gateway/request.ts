import { originOf, type Gateway } from '../core/gateway';
import type { ChatRequest, KeyStore } from '../core/ports';
import type { Failure } from '../shared/failure';
import type { WireRequest } from './exchange';
import { mayCarryKey } from './clearText';
import { failureOf, type Call } from './failures';
import type { NetworkSettings } from './networkSettings';
import { wireMessage, wireTool } from './wireMessages';

/** A request that can be sent, or why it cannot. */
export type PreparedRequest =
  | { readonly call: Call; readonly request: WireRequest; readonly failure?: undefined }
  | { readonly failure: Failure };

/** Why a text cannot be a base URL. */
export type BaseUrlProblem = 'empty' | 'not-an-address' | 'scheme' | 'credentials' | 'query';

/** A base URL as Parley writes it, or what is wrong with the text. */
export type NormalisedBaseUrl =
  { readonly ok: true; readonly baseUrl: string } | { readonly ok: false; readonly problem: BaseUrlProblem };

/** Headers that belong to the connection, not to the user. */
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

/** Prepares `POST {baseUrl}/chat/completions`. Never rejects. */
export async function prepareChatRequest(
  request: ChatRequest,
  keys: KeyStore,
  network: NetworkSettings,
): Promise<PreparedRequest> {
  const { gateway, modelId } = request;
  const body = chatBody(request);
  const prepared = await prepare(
    gateway,
    modelId,
    '/chat/completions',
    { keys, network },
    (url, headers) => ({
      method: 'POST',
      url,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        // A compressing proxy collects before it sends.
        'accept-encoding': 'identity',
      },
      body: JSON.stringify(body),
    }),
  );
  if (prepared.failure !== undefined) return prepared;
  const choices = Number(body['n']);
  return choices > 1 ? { ...prepared, call: { ...prepared.call, choices } } : prepared;
}

/** Prepares `GET {baseUrl}/models`. Never rejects. */
export async function prepareModelsRequest(
  gateway: Gateway,
  keys: KeyStore,
  network: NetworkSettings,
): Promise<PreparedRequest> {
  return prepare(gateway, undefined, '/models', { keys, network }, (url, headers) => ({
    method: 'GET',
    url,
    headers: { ...headers, accept: 'application/json', 'accept-encoding': 'gzip, deflate, br' },
  }));
}

/** The request's body. What the user set comes after ours, the gateway's `extraBody` last. */
export function chatBody(request: ChatRequest): Readonly<Record<string, unknown>> {
  const { tools = [] } = request;
  return {
    model: request.modelId,
    messages: request.messages.map(wireMessage),
    stream: true,
    stream_options: { include_usage: true },
    ...(tools.length > 0 && { tools: tools.map(wireTool) }),
    ...request.parameters,
    ...request.gateway.extraBody,
  };
}

async function prepare(
  gateway: Gateway,
  modelId: string | undefined,
  path: string,
  { keys, network }: { readonly keys: KeyStore; readonly network: NetworkSettings },
  build: (url: URL, headers: Readonly<Record<string, string>>) => WireRequest,
): Promise<PreparedRequest> {
  const url = endpointOf(gateway.baseUrl, path);
  const call: Call = {
    gateway,
    ...(modelId !== undefined && { modelId }),
    url: url?.href ?? withoutCredentials(gateway.baseUrl),
    secrets: Object.values(gateway.headers),
  };
  if (url === undefined) return { failure: failureOf(call, 'invalid-url') };
  const badHeader = Object.entries(gateway.headers).find((header) => !isHeader(...header))?.[0];
  if (badHeader !== undefined) {
    return { failure: failureOf(call, 'invalid-header', { detail: badHeader }) };
  }
  if (gateway.auth === 'none') return { call, request: build(url, ownHeaders(gateway)) };

  const key = await readKey(gateway, keys);
  if (key === undefined) return { failure: failureOf(call, 'missing-key') };
  if (!mayCarryKey(url, network.clearTextOrigins)) {
    return { failure: failureOf(call, 'insecure-address', { host: url.host }) };
  }
  const withKey: Call = { ...call, secrets: [...call.secrets, key] };
  if (!/^[\x21-\x7e]+$/.test(key)) return { failure: failureOf(withKey, 'invalid-key') };
  const headers = gateway.auth === 'bearer' ? bearer(key) : { [gateway.auth.header.toLowerCase()]: key };
  return { call: withKey, request: build(url, { ...ownHeaders(gateway), ...headers }) };
}

function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** The key for exactly the origin that is about to be called. */
async function readKey(gateway: Gateway, keys: KeyStore): Promise<string | undefined> {
  const origin = originOf(gateway.baseUrl);
  if (origin === undefined) return undefined;
  const key = (await keys.read(gateway.id, origin))?.trim();
  return key === '' ? undefined : key;
}

/** The address of an endpoint; undefined when the base URL is none, or reads differently to different readers. */
function endpointOf(baseUrl: string, path: string): URL | undefined {
  const normalised = normaliseBaseUrl(baseUrl);
  const origin = originOf(baseUrl);
  if (!normalised.ok || origin === undefined) return undefined;
  const url = new URL(normalised.baseUrl + path);
  // The key is chosen by `origin` and sent to `url`: both must mean the same host.
  return URL.parse(origin)?.origin === url.origin ? url : undefined;
}

/** Headers of the user and ours. The key's header comes later and so replaces one of the same name. */
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

function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/, '');
}

/**
 * Makes a base URL of what people paste: an endpoint's address, a host without scheme, slashes at
 * the end. `api.example.com` becomes `https://api.example.com/v1`, `localhost:11434` becomes
 * `http://localhost:11434/v1`; a path that is there stays. Applying it twice changes nothing.
 */
export function normaliseBaseUrl(text: string): NormalisedBaseUrl {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'empty' };
  const url = parse(withScheme(trimmed));
  if (url === undefined) return { ok: false, problem: 'not-an-address' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, problem: 'scheme' };
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'credentials' };
  if (url.search !== '' || url.hash !== '') return { ok: false, problem: 'query' };
  const path = withoutEndpoint(url.pathname);
  return { ok: true, baseUrl: `${url.origin}${path === '' ? '/v1' : path}` };
}

function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  // `mailto:x`, `javascript:x`: a scheme too, but `localhost:8080` is a host and its port.
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)) return text;
  const url = parse(`http://${text}`);
  return `${url !== undefined && isThisMachine(url.hostname) ? 'http' : 'https'}://${text}`;
}

/** Wider than loopback, since it guesses a scheme and permits nothing. */
function isThisMachine(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])$/.test(hostname);
}

function withoutEndpoint(path: string): string {
  let shorter = path;
  let before;
  do {
    before = shorter;
    shorter = shorter.replace(/\/+$/, '').replace(/\/(?:chat\/completions|models)$/, '');
  } while (shorter !== before);
  return shorter;
}

function parse(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}
