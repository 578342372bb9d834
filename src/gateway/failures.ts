import type { Gateway } from '../core/gateway';
import type { Failure, FailureKind } from '../shared/failure';
import { factsOfReason } from '../shared/failureReason';
import { contextWindowIn } from './contextWindowIn';
import type { ReplyHead } from './exchange';
import { parseReply } from './parseReply';
import { toDetail } from './redact';
import { findReplyError, type ReplyError } from './replyError';
import { readRetryAfter } from './retryAfter';
import { wantsHttps } from './wrongScheme';

/** What every failure of one call tells about it. */
export interface Call {
  readonly gateway: Gateway;
  readonly modelId?: string;
  /** Without query and credentials. */
  readonly url: string;
  /** What must not stand in any message: the key, the values of the gateway's own headers. */
  readonly secrets: readonly string[];
  /** How many answers were asked for; one when absent. */
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
]);

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

/** Makes a failure of one call. `detail` and the words of `reason` may be raw: they are redacted and cut here. */
export function failureOf(call: Call, kind: FailureKind, facts: FailureFacts = {}): Failure {
  const { detail, reason, requestId, host, ...rest } = facts;
  const hide = (text: string): string => toDetail(text, call.secrets);
  const words = hide(detail ?? '');
  const limit = kind === 'request-too-large' ? (facts.limit ?? contextWindowIn(words)) : undefined;
  return {
    kind,
    retryable: retryableKinds.has(kind),
    gatewayId: call.gateway.id,
    gatewayName: call.gateway.name,
    ...(call.modelId !== undefined && { modelId: call.modelId }),
    url: call.url,
    ...rest,
    // A redirect may name what it was sent.
    ...(host !== undefined && { host: hide(host) }),
    ...(requestId !== undefined && { requestId: hide(requestId).slice(0, 200) }),
    ...(words !== '' && { detail: words }),
    ...(limit !== undefined && { limit }),
    ...(reason !== undefined && factsOfReason({ name: reason.name, words: reason.words.map(hide) })),
  };
}

/**
 * The failure that an HTTP status tells. `body` is what came with it, `now` the time in
 * milliseconds since the epoch, for a Retry-After that is a date.
 */
export function failureOfStatus(call: Call, head: ReplyHead, body: string, now: number): Failure {
  const { status, headers } = head;
  const error = findReplyError(parseReply(body));
  const target = redirectTarget(call, head);
  const isPage = /^\s*</.test(body);
  const seconds = readRetryAfter(headers['retry-after'], now);
  const kind =
    target !== undefined
      ? 'redirect-refused'
      : wantsHttps(call.url, status, body)
        ? 'wrong-scheme'
        : kindOfStatus(status, error?.codes ?? [], isPage);
  const requestId = requestIdOf(head) ?? error?.requestId;
  return failureOf(call, kind, {
    status,
    ...(requestId !== undefined && { requestId }),
    ...(target !== undefined && { host: target.host }),
    ...(seconds !== undefined && seconds > 0 && { seconds }),
    ...((kind === 'proxy-authentication-required' || kind === 'wrong-scheme') && {
      host: new URL(call.url).host,
    }),
    ...((status === 408 || status === 409) && { retryable: true }),
    // Where it leads to is what the base URL should perhaps be.
    detail: target?.address ?? error?.message ?? (isPage ? titleOf(body) : body),
  });
}

/** The failure that an error inside a reply tells; `head` is the reply's. */
export function failureOfReplyError(call: Call, error: ReplyError, head: ReplyHead | undefined): Failure {
  const requestId = (head === undefined ? undefined : requestIdOf(head)) ?? error.requestId;
  return failureOf(call, kindOfCodes(error.codes) ?? 'gateway-error', {
    ...(head !== undefined && { status: head.status }),
    ...(requestId !== undefined && { requestId }),
    detail: error.message === '' ? error.codes.join(' ') : error.message,
  });
}

/** The gateway's id of this request; undefined when it gives none. */
export function requestIdOf(head: ReplyHead): string | undefined {
  return requestIdHeaders.map((name) => head.headers[name]).find((id) => id !== undefined && id !== '');
}

function kindOfStatus(status: number, codes: readonly string[], isPage: boolean): FailureKind {
  // The nearest word wins: gateways answer 400, 403 and 429 for a used-up balance, 400 for a long prompt.
  const told = kindOfWords(codes);
  if (told !== undefined && status >= 400 && status < 500) return told;
  if (isPage && (status === 404 || status === 405)) return 'not-an-api';
  return kindOfNumber(status) ?? 'http-error';
}

/** What codes inside a reply tell, words before numbers. */
function kindOfCodes(codes: readonly string[]): FailureKind | undefined {
  const told = kindOfWords(codes);
  if (told !== undefined) return told;
  for (const code of codes) {
    const kind = /^\d{3}$/.test(code) ? kindOfNumber(Number(code)) : undefined;
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function kindOfWords(codes: readonly string[]): FailureKind | undefined {
  for (const code of codes) {
    if (/insufficient.{0,40}(?:quota|balance|fund)|billing|payment_required|quota_not_enough/.test(code)) {
      return 'payment-required';
    }
    if (/context_length|context_window|prompt_too_long|string_above_max/.test(code))
      return 'request-too-large';
    if (/rate_limit|too_many_requests/.test(code)) return 'rate-limited';
    if (/(?:invalid|incorrect)_(?:api_)?key|authentication|unauthori[sz]ed/.test(code)) return 'unauthorized';
    if (/model_not_found|model_not_available/.test(code)) return 'not-found';
    if (code.includes('permission')) return 'forbidden';
    if (/overloaded|server_error|service_unavailable|internal/.test(code)) return 'server-error';
  }
  return undefined;
}

function kindOfNumber(status: number): FailureKind | undefined {
  switch (status) {
    case 400:
    case 422:
      return 'bad-request';
    case 401:
      return 'unauthorized';
    case 402:
      return 'payment-required';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 407:
      return 'proxy-authentication-required';
    case 413:
      return 'request-too-large';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 && status < 600 ? 'server-error' : undefined;
  }
}

/** Where a redirect leads to, the address without query and credentials; undefined when the reply is no redirect. */
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

function titleOf(page: string): string {
  return /<title[^<>]{0,200}>([^<]{1,200})/i.exec(page)?.[1]?.trim() ?? '';
}
