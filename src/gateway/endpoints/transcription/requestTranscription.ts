import { shownAddress, type Gateway } from '../../../core/models/gateway';
import type { KeyStore } from '../../../core/ports/keyStore';
import type { Failure } from '../../../shared/failure/failure';
import { longestErrorBody } from '../../failures/describeError';
import { findReplyError } from '../../failures/findReplyError';
import { failureOf, failureOfReplyError, failureOfStatus, type Call } from '../../failures/failureOf';
import { failureOfNetwork } from '../../failures/failureOfNetwork';
import { parseReply } from '../../json/parseReply';
import type { ReplyHead, Transport } from '../../network/exchange';
import { fetchWhole } from '../../network/fetchWhole';
import type { NetworkSettings } from '../../network/networkSettings';
import { endpointUrl } from '../../setup/normaliseBaseUrl';
import { encodeForm, type FormFile } from '../generation/wire/encodeForm';
import { prepareRequest } from '../prepareChatRequest';
import { readTranscript, type TranscriptFormat } from './readTranscript';

/** A sound file to be written down. */
export interface TranscriptionRequest {
  readonly gateway: Gateway;
  readonly modelId: string;
  /** Its name has an extension, by which gateways tell the format. At most `largestUpload` together with the form. */
  readonly file: FormFile;
  /** `translate`: into English. */
  readonly task: 'transcribe' | 'translate';
  readonly format: TranscriptFormat;
  /** The spoken language (ISO 639-1); the model finds it out if absent. Not sent with `translate`. */
  readonly language?: string;
  /** Seconds until the connection is open. */
  readonly connect: number;
}

/** The text of a sound, or why there is none. */
export type TranscriptionReply =
  | { readonly kind: 'text'; readonly text: string }
  /** The model tells no times, so there are no subtitles. */
  | { readonly kind: 'no-times'; readonly text: string }
  /** `mayBeBilled`: the whole file was sent, and the gateway has not refused it. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly mayBeBilled: boolean };

/** What `requestTranscription` needs. */
interface TranscriptionParts {
  readonly keys: KeyStore;
  readonly network: () => NetworkSettings;
  readonly openTransport: () => Promise<Transport>;
  readonly now: () => number;
}

/** Seconds for the upload and the work: about half of the length of a sound of an hour. */
const longestWait = 1_800;

/** The largest text, in bytes. */
const largestText = 8_000_000;

/**
 * Sends `POST {baseUrl}/audio/transcriptions` or `/audio/translations` once. Repeats nothing, because the gateway charges for each
 * request. Never rejects.
 */
export async function requestTranscription(
  request: TranscriptionRequest,
  parts: TranscriptionParts,
): Promise<TranscriptionReply> {
  const { gateway, modelId } = request;
  try {
    return await transcribe(request, parts);
  } catch (error) {
    const call = { gateway, modelId, url: shownAddress(gateway.baseUrl), secrets: [] };
    const failure = failureOf(call, 'unexpected', { detail: String(error) });
    return { kind: 'failed', failure, mayBeBilled: false };
  }
}

async function transcribe(
  { gateway, modelId, file, task, format, language, connect }: TranscriptionRequest,
  parts: TranscriptionParts,
): Promise<TranscriptionReply> {
  const form = encodeForm([
    ['model', modelId],
    ['response_format', format],
    ...(language === undefined || task === 'translate' ? [] : [['language', language] as const]),
    ['file', file],
  ]);
  const path = task === 'translate' ? '/audio/translations' : '/audio/transcriptions';
  const prepared = await prepareRequest(
    gateway,
    modelId,
    endpointUrl(gateway.baseUrl, path),
    { keys: parts.keys, network: parts.network() },
    (url, headers) => ({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': form.contentType, accept: 'application/json, text/*' },
      bytes: form.bytes,
    }),
  );
  if (prepared.failure !== undefined)
    return { kind: 'failed', failure: prepared.failure, mayBeBilled: false };
  const { call } = prepared;
  const reply = await fetchWhole(
    await parts.openTransport(),
    prepared.request,
    { connect: connect * 1_000, whole: longestWait * 1_000 },
    (head) => (isSuccess(head) ? largestText : longestErrorBody),
  );
  switch (reply.kind) {
    case 'timeout': {
      const isUnsent = reply.limit === 'connect';
      const kind = isUnsent ? 'connect-timeout' : 'first-token-timeout';
      const seconds = isUnsent ? connect : longestWait;
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
      if (reply.isCut && isSuccess(reply.head))
        return { kind: 'failed', failure: failureOf(call, 'reply-too-large'), mayBeBilled: true };
      return readReply(call, format, reply.head, new TextDecoder().decode(reply.bytes), parts.now());
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
  format: TranscriptFormat,
  head: ReplyHead,
  body: string,
  now: number,
): TranscriptionReply {
  const { status } = head;
  if (!isSuccess(head)) {
    const said = failureOfStatus(call, head, body, now);
    // One API answers so for endpoints that it does not have.
    const failure: Failure = status === 501 ? { ...said, kind: 'no-such-endpoint', retryable: false } : said;
    // A page of Cloudflare (520 to 524) comes instead of a reply that was too slow. The gateway goes on.
    return { kind: 'failed', failure, mayBeBilled: status === 408 || status === 504 || status >= 520 };
  }
  if (/^\s*</.test(body))
    return { kind: 'failed', failure: failureOf(call, 'not-an-api', { status }), mayBeBilled: true };
  const transcript = readTranscript(body, format);
  if (transcript !== undefined) return transcript;
  const error = findReplyError(parseReply(body));
  if (error !== undefined)
    return { kind: 'failed', failure: failureOfReplyError(call, error, head), mayBeBilled: false };
  const kind = body.trim() === '' ? 'empty-reply' : 'malformed-reply';
  return {
    kind: 'failed',
    failure: failureOf(call, kind, { status, detail: body.slice(0, 300) }),
    mayBeBilled: true,
  };
}

function isSuccess({ status }: ReplyHead): boolean {
  return status >= 200 && status <= 299;
}
