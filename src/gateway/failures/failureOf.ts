import type { Gateway } from '../../core/models/gateway';
import type { Failure, FailureKind } from '../../shared/failure/failure';
import { factsOfReason } from '../../shared/failure/failureReason';
import { classifyRefusal } from './classifyRefusal';
import { contextWindowIn } from './contextWindowIn';
import type { ReplyHead } from '../network/exchange';
import { isFirewallPage } from './isFirewallPage';
import { toDetail } from '../secrets/redact';
import type { ReplyError } from './describeError';
import { readErrorBody, replyErrorFrom } from './findReplyError';
import { readRetryAfter, waitIn } from './waitIn';
import { wantsHttps } from '../network/wantsTls';

/** Facts of one call that its failures contain. */
export interface Call {
  readonly gateway: Gateway;
  readonly modelId?: string;
  /** Without query and credentials. */
  readonly url: string;
  /** Texts that no message may contain: the key, and the values of headers that the user set for the gateway. */
  readonly secrets: readonly string[];
  /** The requested number of answers (`n`); 1 if absent. */
  readonly choices?: number;
}

type FailureFacts = Partial<Omit<Failure, 'kind' | 'gatewayId' | 'gatewayName' | 'modelId' | 'url'>>;

const retryableKinds: ReadonlySet<FailureKind> = new Set([
  'connection-refused',
  'name-not-resolved',
  'connection-reset',
  'connection-failed',
  'connect-timeout',
  'first-token-timeout',
  'idle-timeout',
  'rate-limited',
  'server-error',
  'gateway-error',
  'empty-reply',
  'stream-cut',
  'model-loading',
  'answer-stopped',
]);

/** How much of an HTML page is read, in characters. */
const longestPage = 4_000;

/** A limit of hours, days or longer, so that a retry within a minute cannot succeed. */
const lastsLong =
  /\b(?:per day|daily|weekly|monthly|per month|[rt]pd)\b|\b\d+[- ]hours?\b|每日|每天|每周|每週|每月|当日|當日|一天|1日|하루|в день|por día|par jour|pro tag/i;

const requestIdHeaders = [
  'x-request-id',
  'request-id',
  'x-oneapi-request-id',
  'openai-request-id',
  'apim-request-id',
  'x-ms-request-id',
  'x-amzn-requestid',
  'x-trace-id',
  'cf-ray',
];

/**
 * Makes a failure of one call. `detail`, `host`, `requestId` and the words of `reason` may contain secrets: this function
 * redacts and shortens them.
 */
export function failureOf(call: Call, kind: FailureKind, facts: FailureFacts = {}): Failure {
  const { detail, reason, requestId, host, ...rest } = facts;
  const hide = (text: string): string => toDetail(text, call.secrets);
  const words = hide(detail ?? '');
  return {
    kind,
    retryable: retryableKinds.has(kind),
    gatewayId: call.gateway.id,
    gatewayName: call.gateway.name,
    ...(call.modelId !== undefined && { modelId: call.modelId }),
    url: call.url,
    ...rest,
    // The target of a redirect may repeat what was sent.
    ...(host !== undefined && { host: hide(host) }),
    ...(requestId !== undefined && { requestId: hide(requestId).slice(0, 200) }),
    ...(words !== '' && { detail: words }),
    ...(reason !== undefined && factsOfReason({ name: reason.name, words: reason.words.map(hide) })),
  };
}

/**
 * The failure of a reply with an error status.
 *
 * @param body The beginning of the reply's body.
 * @param now The time in milliseconds since the epoch, for a Retry-After that is a date.
 */
export function failureOfStatus(call: Call, head: ReplyHead, body: string, now: number): Failure {
  const { status, headers } = head;
  const isPage = /^\s*</.test(body);
  const error = isPage ? undefined : (readErrorBody(body) ?? replyErrorFrom(body));
  const target = redirectTarget(call, head);
  const words = error?.message ?? (isPage ? wordsOfPage(body) : body);
  const kind =
    target !== undefined
      ? 'redirect-refused'
      : wantsHttps(call.url, status, body)
        ? 'wrong-scheme'
        : kindOfStatus(head, body, error, words);
  const requestId = requestIdOf(head) ?? error?.requestId;
  const seconds = readRetryAfter(headers, now) ?? error?.wait ?? waitIn(words);
  return failureOf(call, kind, {
    status,
    ...(requestId !== undefined && { requestId }),
    ...(target !== undefined && { host: target.host }),
    ...(seconds !== undefined && seconds > 0 && { seconds }),
    ...((kind === 'proxy-authentication-required' || kind === 'wrong-scheme') && {
      host: new URL(call.url).host,
    }),
    ...((status === 408 || status === 409) && kind === 'http-error' && { retryable: true }),
    ...limitFacts(kind, words, body),
    // The target of a redirect may be the right base URL. An error without a message is shown unchanged.
    detail: target?.address ?? (words === '' && !isPage ? body : words),
  });
}

/** The failure of a reply that contains an error although its status is a success. `head` is the head of that reply. */
export function failureOfReplyError(call: Call, error: ReplyError, head: ReplyHead | undefined): Failure {
  const { codes, message } = error;
  const requestId = (head === undefined ? undefined : requestIdOf(head)) ?? error.requestId;
  const kind = classifyRefusal({ status: head?.status ?? 200, codes, words: message }) ?? 'gateway-error';
  const seconds = error.wait ?? waitIn(message);
  return failureOf(call, kind, {
    ...(head !== undefined && { status: head.status }),
    ...(requestId !== undefined && { requestId }),
    ...(seconds !== undefined && seconds > 0 && { seconds }),
    ...limitFacts(kind, message, ''),
    detail: message === '' ? codes.join(' ') : message,
  });
}

/** Facts about a limit: the size of a context window; not retryable for a limit of hours or days. */
function limitFacts(kind: FailureKind, words: string, body: string): FailureFacts {
  if (kind === 'rate-limited' && lastsLong.test(words)) return { retryable: false };
  const limit = kind === 'request-too-large' ? (contextWindowIn(words) ?? contextWindowIn(body)) : undefined;
  return limit === undefined ? {} : { limit };
}

/** The request id in the headers of a reply; undefined if there is none. */
export function requestIdOf(head: ReplyHead): string | undefined {
  return requestIdHeaders.map((name) => head.headers[name]).find((id) => id !== undefined && id !== '');
}

function kindOfStatus(
  head: ReplyHead,
  body: string,
  error: ReplyError | undefined,
  words: string,
): FailureKind {
  if (isFirewallPage(head, body)) return 'blocked-by-firewall';
  const { status } = head;
  if ((status === 404 || status === 405) && /^\s*</.test(body)) return 'not-an-api';
  return classifyRefusal({ status, codes: error?.codes ?? [], words }) ?? 'http-error';
}

/** The target of a redirect, its address without query and credentials; undefined if the reply is not a redirect. */
function redirectTarget(
  call: Call,
  { status, headers }: ReplyHead,
): { readonly host: string; readonly address: string } | undefined {
  const location = headers['location'];
  if (status < 300 || status > 399 || location === undefined) return undefined;
  const url = URL.parse(location, call.url);
  const hide = (text: string): string => toDetail(text, call.secrets).slice(0, 200);
  if (url === null) return { host: hide(location), address: location };
  return { host: hide(url.host), address: `${url.protocol}//${url.host}${url.pathname}` };
}

/** The title of an HTML page, or else its first 300 characters of text. XML is read like HTML. */
function wordsOfPage(page: string): string {
  const start = page.slice(0, longestPage);
  const title = /<title[^<>]{0,200}>([^<]{1,200})/i.exec(start)?.[1]?.trim() ?? '';
  if (title !== '') return title;
  return start
    .replace(/<[^<>]{0,500}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
