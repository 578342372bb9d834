import { shownAddress, type Gateway, type ModelDescription } from '../../core/models/gateway';
import type { KeyStore } from '../../core/ports/keyStore';
import type { Log } from '../../core/ports/log';
import type { ModelListing, Timeouts } from '../../core/ports/chatClient';
import type { Failure } from '../../shared/failure/failure';
import { ByteCollector } from '../network/byteCollector';
import type { ExchangeHandler, ReplyHead, Transport, WireRequest } from '../network/exchange';
import { failureOf, failureOfReplyError, failureOfStatus, type Call } from '../failures/failureOf';
import { readModelList } from './readModelList';
import { isLoopback } from '../network/isLoopback';
import { failureOfNetwork } from '../failures/failureOfNetwork';
import type { NetworkSettings } from '../network/networkSettings';
import { findReplyError } from '../failures/findReplyError';
import { parseReply } from '../json/parseReply';
import { prepareModelsRequest } from './prepareChatRequest';
import { hideKeys, keysToHide } from '../secrets/secretFilter';
import { withServedFacts } from './withServedFacts';

/** A list is no answer that takes its time: more than this is not waited, in seconds. */
const longestWait = 20;

/** How long a server's own page about its models is waited for, in seconds: the list is there already. */
const pageWait = 3;

/** Some gateways list thousands of models with prices and prose; in bytes. */
const largestList = 16_000_000;

/** Of a reply that is no list, so many bytes tell what is wrong. */
const largestRefusal = 64_000;

/** What listing models needs. */
export interface ListModelsParts {
  readonly gateway: Gateway;
  readonly timeouts: Timeouts;
  readonly keys: KeyStore;
  readonly network: () => NetworkSettings;
  readonly log: Log;
  readonly now: () => number;
  readonly openTransport: () => Promise<Transport>;
}

/**
 * `GET {baseUrl}/models`. When that fails, the models that the gateway is known to have, with the
 * failure; when the gateway lists none, the known ones too. Never rejects.
 */
export async function listModels(parts: ListModelsParts): Promise<ModelListing> {
  const { gateway, log } = parts;
  const listed = await fetchModels(parts).catch((error: unknown): Failure => {
    const call = { gateway, url: shownAddress(gateway.baseUrl), secrets: [] };
    return failureOf(call, 'unexpected', { detail: String(error) });
  });
  if ('kind' in listed) {
    log.warn(`${listed.url ?? gateway.id}: no list of models, ${listed.kind}, ${listed.detail ?? ''}`);
    return { models: gateway.models, failure: listed };
  }
  return { models: listed.length === 0 ? gateway.models : withKnownFacts(listed, gateway.models) };
}

async function fetchModels(parts: ListModelsParts): Promise<readonly ModelDescription[] | Failure> {
  const prepared = await prepareModelsRequest(parts.gateway, parts.keys, parts.network());
  if (prepared.failure !== undefined) return prepared.failure;
  const { call, request } = prepared;
  const transport = await parts.openTransport();
  const reply = await fetchText(transport, call, request, parts.timeouts);
  if ('kind' in reply) return reply;
  const { head, text } = reply;
  if (!isSuccess(head)) return failureOfStatus(call, head, text, parts.now());
  const models = readReply(call, head, text);
  if ('kind' in models || !isOwnServer(request.url, parts.gateway)) return models;
  return await withServedFacts(models, text, async (path) => {
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(/(?:\/v1)?\/models$/, path);
    const page = await fetchText(
      transport,
      call,
      { ...request, url },
      { connect: pageWait, firstToken: pageWait },
    );
    return 'kind' in page || !isSuccess(page.head) ? undefined : parseReply(page.text);
  });
}

/** A server that the user runs; no gateway that many people use is asked for more than its list. */
function isOwnServer({ hostname }: URL, { auth }: Gateway): boolean {
  return auth === 'none' || isLoopback(hostname);
}

function readReply(call: Call, head: ReplyHead, text: string): readonly ModelDescription[] | Failure {
  const { status } = head;
  const value = parseReply(text);
  if (value === undefined) {
    if (text.trim() === '') return failureOf(call, 'empty-reply', { status });
    if (text.trimStart().startsWith('<')) return failureOf(call, 'not-an-api', { status });
    return failureOf(call, 'malformed-reply', { status, detail: text });
  }
  const models = readModelList(value);
  if (models !== undefined) return hideKeys(models, keysToHide(call.secrets));
  const error = findReplyError(value);
  if (error !== undefined) return failureOfReplyError(call, error, head);
  return failureOf(call, 'malformed-reply', { status, detail: text });
}

/** The whole body of a reply as text, or why it could not be had. */
async function fetchText(
  transport: Transport,
  call: Call,
  request: WireRequest,
  timeouts: Pick<Timeouts, 'connect' | 'firstToken'>,
): Promise<{ readonly head: ReplyHead; readonly text: string } | Failure> {
  return new Promise((resolve) => {
    let head: ReplyHead | undefined;
    let body = new ByteCollector(largestList);
    let timer: NodeJS.Timeout | undefined;
    const settle = (result: { head: ReplyHead; text: string } | Failure): void => {
      clearTimeout(timer);
      resolve(result);
      exchange.close();
    };
    const finish = (): void => {
      const text = new TextDecoder().decode(body.bytes);
      settle(head === undefined ? failureOf(call, 'connection-reset') : { head, text });
    };
    const limit = (kind: 'connect-timeout' | 'first-token-timeout', seconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        settle(failureOf(call, kind, { seconds }));
      }, seconds * 1_000);
    };
    const handler: ExchangeHandler = {
      onConnected: () => {
        limit('first-token-timeout', Math.min(timeouts.firstToken, longestWait));
      },
      onHead: (received) => {
        head = received;
        if (!isSuccess(head)) body = new ByteCollector(largestRefusal);
      },
      onBytes: (bytes) => {
        if (body.add(bytes)) return;
        if (head !== undefined && !isSuccess(head)) finish();
        else settle(failureOf(call, 'reply-too-large'));
      },
      onEnd: finish,
      onError: (error) => {
        settle(failureOfNetwork(call, error, head !== undefined));
      },
    };
    limit('connect-timeout', Math.min(timeouts.connect, longestWait));
    const exchange = transport.exchange(request, handler);
  });
}

function isSuccess({ status }: ReplyHead): boolean {
  return status >= 200 && status <= 299;
}

/** What the settings say about a model is better known than what the gateway says. */
function withKnownFacts(
  listed: readonly ModelDescription[],
  known: readonly ModelDescription[],
): readonly ModelDescription[] {
  const facts = new Map(known.map((model) => [model.id, model]));
  return listed.map((model) => ({ ...model, ...facts.get(model.id) }));
}
