import { shownAddress, type Gateway } from '../../../core/models/gateway';
import type { KeyStore } from '../../../core/ports/keyStore';
import type { Failure } from '../../../shared/failure/failure';
import { findReplyError } from '../../failures/findReplyError';
import { failureOf, failureOfReplyError, failureOfStatus, type Call } from '../../failures/failureOf';
import { failureOfNetwork } from '../../failures/failureOfNetwork';
import { longestErrorBody } from '../../failures/describeError';
import { parseReply } from '../../json/parseReply';
import type { ReplyHead, Transport } from '../../network/exchange';
import { fetchWhole } from '../../network/fetchWhole';
import type { NetworkSettings } from '../../network/networkSettings';
import { endpointUrl } from '../../setup/normaliseBaseUrl';
import { prepareRequest } from '../prepareChatRequest';
import { readSound, type Sound } from './readSound';
import { soundInText } from './soundInText';

/** A text to be spoken. */
export interface SpeechRequest {
  readonly gateway: Gateway;
  readonly modelId: string;
  /** At most 4,096 bytes: see `speechLimits`. */
  readonly text: string;
  /** Absent: the gateway's own voice, for the models that have only one. */
  readonly voice?: string;
  readonly format: 'mp3' | 'wav';
  /** Seconds until the connection is open. */
  readonly connect: number;
}

/** The sound of a text, or why there is none. */
export type SpeechReply =
  | { readonly kind: 'sound'; readonly sound: Sound }
  /** The gateway does not make this format. It has made no sound, so the same text may be sent with another format. */
  | { readonly kind: 'format-refused'; readonly failure: Failure }
  /** `mayBeBilled`: the whole request was sent, and the gateway has not refused it. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly mayBeBilled: boolean };

/** What `requestSpeech` needs. */
interface SpeechParts {
  readonly keys: KeyStore;
  readonly network: () => NetworkSettings;
  readonly openTransport: () => Promise<Transport>;
  readonly now: () => number;
}

/** Time limits after the connection is open, in seconds: without a byte, and for the whole sound. */
const limits = { silence: 60, whole: 300 };

/** The largest sound: 20 minutes of WAV. In bytes. */
const largestSound = 64_000_000;

/**
 * Sends `POST {baseUrl}/audio/speech` once. Repeats nothing, because the gateway charges for each request. Never rejects.
 */
export async function requestSpeech(request: SpeechRequest, parts: SpeechParts): Promise<SpeechReply> {
  const { gateway, modelId } = request;
  try {
    return await speak(request, parts);
  } catch (error) {
    const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
    const failure = failureOf(call, 'unexpected', { detail: String(error) });
    return { kind: 'failed', failure, mayBeBilled: false };
  }
}

async function speak(request: SpeechRequest, parts: SpeechParts): Promise<SpeechReply> {
  const { gateway, modelId, text, voice, format } = request;
  const prepared = await prepareRequest(
    gateway,
    modelId,
    endpointUrl(gateway.baseUrl, '/audio/speech'),
    { keys: parts.keys, network: parts.network() },
    (url, headers) => ({
      method: 'POST',
      url,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'audio/*, application/json',
        'accept-encoding': 'identity',
      },
      body: JSON.stringify({
        model: modelId,
        input: text,
        ...(voice !== undefined && { voice }),
        response_format: format,
      }),
    }),
  );
  if (prepared.failure !== undefined)
    return { kind: 'failed', failure: prepared.failure, mayBeBilled: false };
  const { call } = prepared;
  const timeouts = {
    connect: request.connect * 1_000,
    silence: limits.silence * 1_000,
    whole: limits.whole * 1_000,
  };
  const reply = await fetchWhole(await parts.openTransport(), prepared.request, timeouts, (head) =>
    isSuccess(head) ? largestSound : longestErrorBody,
  );
  switch (reply.kind) {
    case 'timeout': {
      const isUnsent = reply.limit === 'connect';
      const kind = isUnsent ? 'connect-timeout' : 'first-token-timeout';
      const seconds = reply.limit === 'connect' ? request.connect : limits[reply.limit];
      return { kind: 'failed', failure: failureOf(call, kind, { seconds }), mayBeBilled: !isUnsent };
    }
    case 'error': {
      const failure =
        reply.error === undefined
          ? failureOf(call, 'connection-reset')
          : failureOfNetwork(call, reply.error, reply.hasHead);
      return { kind: 'failed', failure, mayBeBilled: !unsentKinds.has(failure.kind) };
    }
    case 'reply':
      return readReply(call, request, reply, parts.now());
  }
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

function readReply(
  call: Call,
  { format }: SpeechRequest,
  { head, bytes, isCut }: { readonly head: ReplyHead; readonly bytes: Uint8Array; readonly isCut: boolean },
  now: number,
): SpeechReply {
  const { status } = head;
  if (!isSuccess(head)) {
    const body = new TextDecoder().decode(bytes);
    const said = failureOfStatus(call, head, body, now);
    // One API answers so for endpoints that it does not have.
    const failure: Failure = status === 501 ? { ...said, kind: 'no-such-endpoint', retryable: false } : said;
    if (refusesFormat(status, body, format)) return { kind: 'format-refused', failure };
    // A page of Cloudflare (520 to 524) comes instead of a reply that was too slow. The gateway goes on.
    return { kind: 'failed', failure, mayBeBilled: status === 408 || status === 504 || status >= 520 };
  }
  const failed = (failure: Failure): SpeechReply => ({ kind: 'failed', failure, mayBeBilled: true });
  if (isCut) return failed(failureOf(call, 'reply-too-large', { status }));
  if (bytes.length === 0) return failed(failureOf(call, 'empty-reply', { status }));
  const sound = readSound(bytes, head.headers['content-type'] ?? '');
  if (sound !== undefined) return { kind: 'sound', sound };
  const body = new TextDecoder().decode(bytes);
  const inText = soundInText(body);
  if (inText !== undefined) return { kind: 'sound', sound: inText };
  if (body.trim() === '') return failed(failureOf(call, 'empty-reply', { status }));
  if (body.trimStart().startsWith('<')) return failed(failureOf(call, 'not-an-api', { status }));
  const error = findReplyError(parseReply(body));
  if (error === undefined)
    return failed(failureOf(call, 'malformed-reply', { status, detail: readableStart(body) }));
  const failure = failureOfReplyError(call, error, head);
  if (refusesFormat(400, body, format)) return { kind: 'format-refused', failure };
  return { kind: 'failed', failure, mayBeBilled: false };
}

function isSuccess({ status }: ReplyHead): boolean {
  return status >= 200 && status <= 299;
}

/** True if a gateway refuses a request because of the format of the sound. Then it has made no sound. */
function refusesFormat(status: number, body: string, format: string): boolean {
  if (status !== 400 && status !== 415 && status !== 422) return false;
  const words = body.slice(0, 4_000).toLowerCase();
  return (
    words.includes('response_format') ||
    (/\b(?:format|codec|encoding)\b/.test(words) && words.includes(format))
  );
}

/** The beginning of a text for a failure; '' for bytes that are not text. */
function readableStart(text: string): string {
  const start = text.slice(0, 300);
  return /(?![\t\n\r])\p{Cc}|\ufffd/u.test(start) ? '' : start;
}
