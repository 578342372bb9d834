import { shownAddress, type Gateway } from '../../core/models/gateway';
import type { KeyStore } from '../../core/ports/keyStore';
import type { Failure } from '../../shared/failure/failure';
import { longestErrorBody } from '../failures/describeError';
import { failureOf, failureOfStatus, type Call } from '../failures/failureOf';
import { failureOfNetwork } from '../failures/failureOfNetwork';
import type { ReplyHead, Transport, WireRequest } from '../network/exchange';
import { abortable } from '../network/abortable';
import { fetchWhole } from '../network/fetchWhole';
import type { NetworkSettings } from '../network/networkSettings';
import { endpointUrl } from '../setup/normaliseBaseUrl';
import { prepareRequest } from './prepareChatRequest';

/** What sending needs. */
export interface SendingParts {
  readonly keys: KeyStore;
  readonly network: () => NetworkSettings;
  readonly openTransport: () => Promise<Transport>;
  readonly now: () => number;
}

/** A request that is billed and whose reply is not streamed. */
interface WholeRequest {
  readonly gateway: Gateway;
  readonly modelId: string;
  /** Below the base URL, such as `/audio/speech`. */
  readonly path: string;
  /** Headers and body, in addition to those of the gateway. */
  readonly content: Pick<WireRequest, 'headers' | 'body' | 'bytes'>;
  /** In seconds: until the connection is open, then without a byte, and for the whole reply. */
  readonly limits: { readonly connect: number; readonly silence?: number; readonly whole: number };
  /** The largest reply with a status of success, in bytes. */
  readonly largest: number;
  /** Closes the connection. The gateway may go on and bill the request. */
  readonly signal?: AbortSignal;
}

/** A request without a usable reply. */
export interface FailedRequest {
  readonly kind: 'failed';
  readonly failure: Failure;
  /** True if the whole request was sent, and the gateway has not refused it. */
  readonly mayBeBilled: boolean;
}

/** A reply with a status of success. */
interface SuccessfulReply {
  readonly kind: 'reply';
  readonly call: Call;
  readonly head: ReplyHead;
  readonly bytes: Uint8Array;
}

/** An error status, with its body. */
interface RefusedRequest extends FailedRequest {
  readonly refusal?: { readonly status: number; readonly body: string };
}

/** Failures that end a request before its first byte. */
const unsentKinds: ReadonlySet<Failure['kind']> = new Set([
  'connection-refused',
  'name-not-resolved',
  'certificate-rejected',
  'connect-timeout',
  'wrong-scheme',
  'proxy-authentication-required',
]);

/** Sends `POST {baseUrl}{path}` once. Repeats nothing, because the gateway charges for each request. Never rejects. */
export async function sendWholeOnce(
  request: WholeRequest,
  parts: SendingParts,
): Promise<SuccessfulReply | RefusedRequest> {
  try {
    return await send(request, parts);
  } catch (error) {
    return failedUnexpectedly(request, error);
  }
}

/** The failure for an error that nothing expects. */
export function failedUnexpectedly(
  { gateway, modelId }: Pick<WholeRequest, 'gateway' | 'modelId'>,
  error: unknown,
): FailedRequest {
  const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
  const failure = failureOf(call, 'unexpected', { detail: String(error) });
  return { kind: 'failed', failure, mayBeBilled: false };
}

async function send(
  { gateway, modelId, path, content, limits, largest, signal }: WholeRequest,
  parts: SendingParts,
): Promise<SuccessfulReply | RefusedRequest> {
  const prepared = await prepareRequest(
    gateway,
    modelId,
    endpointUrl(gateway.baseUrl, path),
    { keys: parts.keys, network: parts.network() },
    (url, headers) => ({ ...content, method: 'POST', url, headers: { ...headers, ...content.headers } }),
  );
  if (prepared.failure !== undefined)
    return { kind: 'failed', failure: prepared.failure, mayBeBilled: false };
  const { call } = prepared;
  const { connect, silence, whole } = limits;
  const timeouts = {
    connect: connect * 1_000,
    whole: whole * 1_000,
    ...(silence !== undefined && { silence: silence * 1_000 }),
  };
  const opened = await parts.openTransport();
  const transport = signal === undefined ? opened : abortable(opened, signal);
  const reply = await fetchWhole(transport, prepared.request, timeouts, (head) =>
    isSuccess(head) ? largest : longestErrorBody,
  );
  switch (reply.kind) {
    case 'timeout': {
      const isUnsent = reply.limit === 'connect';
      const kind = isUnsent ? 'connect-timeout' : 'first-token-timeout';
      const seconds = limits[reply.limit] ?? whole;
      return { kind: 'failed', failure: failureOf(call, kind, { seconds }), mayBeBilled: !isUnsent };
    }
    case 'error': {
      const failure =
        reply.error === undefined
          ? failureOf(call, 'connection-reset')
          : failureOfNetwork(call, reply.error, reply.hasHead);
      return { kind: 'failed', failure, mayBeBilled: !unsentKinds.has(failure.kind) };
    }
    case 'reply': {
      const { head, bytes, isCut } = reply;
      if (!isSuccess(head)) return refused(call, head, new TextDecoder().decode(bytes), parts.now());
      if (!isCut) return { kind: 'reply', call, head, bytes };
      const failure = failureOf(call, 'reply-too-large', { status: head.status });
      return { kind: 'failed', failure, mayBeBilled: true };
    }
  }
}

function refused(call: Call, head: ReplyHead, body: string, now: number): RefusedRequest {
  const { status } = head;
  const said = failureOfStatus(call, head, body, now);
  // One API answers so for endpoints that it does not have.
  const failure: Failure = status === 501 ? { ...said, kind: 'no-such-endpoint', retryable: false } : said;
  // A page of Cloudflare (520 to 524) comes instead of a reply that was too slow. The gateway goes on.
  const mayBeBilled = status === 408 || status === 504 || status >= 520;
  return { kind: 'failed', failure, mayBeBilled, refusal: { status, body } };
}

function isSuccess({ status }: ReplyHead): boolean {
  return status >= 200 && status <= 299;
}
