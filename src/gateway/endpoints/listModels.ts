import { shownAddress, type Gateway, type ModelDescription } from '../../core/models/gateway';
import type { KeyStore } from '../../core/ports/keyStore';
import type { Log } from '../../core/ports/log';
import type { Timeouts } from '../../core/models/route';
import type { ModelListing } from '../../core/ports/chatClient';
import type { Failure } from '../../shared/failure/failure';
import type { ReplyHead, Transport } from '../network/exchange';
import { failureOf, failureOfReplyError, failureOfStatus, type Call } from '../failures/failureOf';
import { fetchText, isSuccess } from './fetchText';
import { readModelList } from './readModelList';
import { readPriceList } from './readPrices';
import { isLoopback } from '../network/mayCarryKey';
import type { NetworkSettings } from '../network/networkSettings';
import { findReplyError } from '../failures/findReplyError';
import { parseReply } from '../json/parseReply';
import { prepareModelsRequest } from './prepareChatRequest';
import { hideKeys, keysToHide } from '../secrets/secretFilter';
import { isListOfLlamaServer, withServedFacts, type FetchPage } from './withServedFacts';

/** The same for the additional request to a server whose list has already arrived; in seconds. */
const pageWait = 3;

/** The largest list. Some gateways list thousands of models with prices and descriptions. In bytes. */
const largestList = 16_000_000;

/** What `listModels` needs. */
interface ListModelsParts {
  readonly gateway: Gateway;
  readonly timeouts: Timeouts;
  readonly keys: KeyStore;
  readonly network: () => NetworkSettings;
  readonly log: Log;
  readonly now: () => number;
  readonly openTransport: () => Promise<Transport>;
  /** Called with each list that was read: true when it is that of a llama-server. */
  readonly onServer?: (isLlamaServer: boolean) => void;
}

/**
 * Requests `GET {baseUrl}/models`. If that fails, the result has the models from the settings and the failure. If the list
 * is empty, the result also has the models from the settings. Never rejects.
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
  const reply = await fetchText(transport, { call, request }, parts.timeouts, largestList);
  if ('kind' in reply) return reply;
  const { head, text } = reply;
  if (!isSuccess(head)) return failureOfStatus(call, head, text, parts.now());
  const models = readReply(call, head, text);
  if ('kind' in models) return models;
  // Most lists are long and hold no such word; they are not parsed twice.
  if (models.length > 0)
    parts.onServer?.(text.includes('"llamacpp"') && isListOfLlamaServer(parseReply(text)));
  const fetchPage: FetchPage = async (path) => {
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(/(?:\/v1)?\/models$/, path);
    const page = await fetchText(
      transport,
      { call, request: { ...request, url } },
      { connect: pageWait, firstToken: Math.min(pageWait, parts.timeouts.firstToken) },
      largestList,
    );
    return 'kind' in page || !isSuccess(page.head) ? undefined : parseReply(page.text);
  };
  if (isListOfNewApi(text)) return withPrices(models, await fetchPage('/api/pricing'));
  return isOwnServer(request.url, parts.gateway) ? await withServedFacts(models, text, fetchPage) : models;
}

/** True for a server that the user runs. Only such a server gets the additional request of `withServedFacts`. */
function isOwnServer({ hostname }: URL, { auth }: Gateway): boolean {
  return auth === 'none' || isLoopback(hostname);
}

/** New API, and only it, tells the formats of each model under this name. Its prices are on a page of their own. */
function isListOfNewApi(list: string): boolean {
  return list.includes('"supported_endpoint_types"');
}

/** Adds the prices of New API's price list. */
function withPrices(models: readonly ModelDescription[], page: unknown): readonly ModelDescription[] {
  const list = readPriceList(page);
  if (list.size === 0) return models;
  return models.map((model) => {
    const prices = list.get(model.id);
    return prices === undefined ? model : { ...model, prices };
  });
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

/** Adds what the settings say about a model, which overrides what the gateway says. */
function withKnownFacts(
  listed: readonly ModelDescription[],
  known: readonly ModelDescription[],
): readonly ModelDescription[] {
  const facts = new Map(known.map((model) => [model.id, model]));
  return listed.map((model) => ({ ...model, ...facts.get(model.id) }));
}
