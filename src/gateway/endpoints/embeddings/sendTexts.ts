import type { EmbeddingRequest } from '../../../core/ports/embedder';
import type { KeyStore } from '../../../core/ports/keyStore';
import type { Failure } from '../../../shared/failure/failure';
import { longestErrorBody } from '../../failures/describeError';
import { failureOf, failureOfReplyError, failureOfStatus } from '../../failures/failureOf';
import { failureOfNetwork } from '../../failures/failureOfNetwork';
import { findReplyError } from '../../failures/findReplyError';
import { parseReply } from '../../json/parseReply';
import { abortable } from '../../network/abortable';
import type { Transport } from '../../network/exchange';
import { fetchWhole } from '../../network/fetchWhole';
import type { NetworkSettings } from '../../network/networkSettings';
import { endpointUrl } from '../../setup/normaliseBaseUrl';
import { prepareRequest } from '../prepareChatRequest';
import { readVectors } from './readVectors';

/** What requests for vectors need. */
export interface EmbeddingParts {
  readonly keys: KeyStore;
  readonly network: () => NetworkSettings;
  readonly now: () => number;
  readonly openTransport: () => Promise<Transport>;
  /** Resolves after the time, or when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The result of one request. */
type SentTexts =
  | { readonly kind: 'embedded'; readonly vectors: readonly Float32Array[]; readonly tokens: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Between two parts of a reply, and for the whole reply; in milliseconds. */
const longestSilence = 60_000;
const longestReply = 180_000;

/** How long a request that was sent may take after the user has cancelled, in milliseconds: its vectors are paid for. */
const longestAfterCancel = 10_000;

/** The largest reply, in bytes. */
const largestReply = 32_000_000;

/**
 * Sends one request to `/v1/embeddings`. Rejects only if the transport cannot be loaded.
 *
 * @param namesFormat Whether `encoding_format` is sent. A server that does not know the field may refuse it.
 */
export async function sendTexts(
  { gateway, modelId, timeouts, signal }: EmbeddingRequest,
  texts: readonly string[],
  namesFormat: boolean,
  parts: EmbeddingParts,
): Promise<SentTexts> {
  const body = {
    model: modelId,
    input: texts,
    ...(namesFormat && { encoding_format: 'float' }),
    ...gateway.extraBody,
  };
  const address = endpointUrl(gateway.baseUrl, '/embeddings');
  const given = { keys: parts.keys, network: parts.network() };
  const prepared = await prepareRequest(gateway, modelId, address, given, (url, headers) => ({
    method: 'POST',
    url,
    headers: {
      ...headers,
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate, br',
    },
    body: JSON.stringify(body),
  }));
  if (prepared.failure !== undefined) return { kind: 'failed', failure: prepared.failure };
  const { call, request } = prepared;
  const reply = await fetchWhole(
    abortable(await parts.openTransport(), signal, (end) => parts.wait(longestAfterCancel, end)),
    request,
    { connect: timeouts.connect * 1_000, silence: longestSilence, whole: longestReply },
    ({ status }) => (isSuccess(status) ? largestReply : longestErrorBody),
  );
  const fail = (failure: Failure): SentTexts => ({ kind: 'failed', failure });
  switch (reply.kind) {
    case 'timeout':
      return fail(
        reply.limit === 'connect'
          ? failureOf(call, 'connect-timeout', { seconds: timeouts.connect })
          : failureOf(call, 'first-token-timeout', { seconds: longestSilence / 1_000 }),
      );
    case 'error':
      return fail(
        reply.error === undefined
          ? failureOf(call, 'connection-reset')
          : failureOfNetwork(call, reply.error, reply.hasHead),
      );
    case 'reply': {
      const { head, bytes, isCut } = reply;
      const text = new TextDecoder().decode(bytes);
      if (!isSuccess(head.status)) return fail(failureOfStatus(call, head, text, parts.now()));
      if (isCut) return fail(failureOf(call, 'reply-too-large'));
      const value = parseReply(text);
      const { status } = head;
      const read = readVectors(value, texts.length);
      if (read !== undefined) {
        return 'problem' in read
          ? fail(failureOf(call, 'malformed-reply', { status, detail: read.problem }))
          : { kind: 'embedded', ...read };
      }
      const error = findReplyError(value);
      if (error !== undefined) return fail(failureOfReplyError(call, error, head));
      if (text.trim() === '') return fail(failureOf(call, 'empty-reply', { status }));
      const isPage = text.trimStart().startsWith('<');
      return fail(
        isPage
          ? failureOf(call, 'not-an-api', { status })
          : failureOf(call, 'malformed-reply', { status, detail: text }),
      );
    }
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}
