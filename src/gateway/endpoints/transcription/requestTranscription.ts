import type { Gateway } from '../../../core/models/gateway';
import { findReplyError } from '../../failures/findReplyError';
import { failureOf, failureOfReplyError, type Call } from '../../failures/failureOf';
import { parseReply } from '../../json/parseReply';
import type { ReplyHead } from '../../network/exchange';
import { encodeForm, type FormFile } from '../generation/wire/encodeForm';
import { failedUnexpectedly, sendWholeOnce, type FailedRequest, type SendingParts } from '../sendWholeOnce';
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
  /** Closes the connection. */
  readonly signal: AbortSignal;
}

/** The text of a sound, or why there is none. */
export type TranscriptionReply =
  | { readonly kind: 'text'; readonly text: string }
  /** The model tells no times, so there are no subtitles. */
  | { readonly kind: 'no-times'; readonly text: string }
  | { readonly kind: 'cancelled' }
  | FailedRequest;

/** Seconds for the upload and the work: about half of the length of a sound of an hour. */
const longestWait = 1_800;

/** The largest text, in bytes. */
const largestText = 8_000_000;

/**
 * Sends `POST {baseUrl}/audio/transcriptions` or `/audio/translations` once. Repeats nothing, because the gateway charges for each
 * request. Never rejects.
 */
export async function requestTranscription(
  { gateway, modelId, file, task, format, language, connect, signal }: TranscriptionRequest,
  parts: SendingParts,
): Promise<TranscriptionReply> {
  try {
    const form = encodeForm([
      ['model', modelId],
      ['response_format', format],
      ...(language === undefined || task === 'translate' ? [] : [['language', language] as const]),
      ['file', file],
    ]);
    const reply = await sendWholeOnce(
      {
        gateway,
        modelId,
        path: task === 'translate' ? '/audio/translations' : '/audio/transcriptions',
        content: {
          headers: { 'content-type': form.contentType, accept: 'application/json, text/*' },
          bytes: form.bytes,
        },
        limits: { connect, whole: longestWait },
        largest: largestText,
        signal,
      },
      parts,
    );
    if (signal.aborted) return { kind: 'cancelled' };
    if (reply.kind === 'reply')
      return readReply(reply.call, format, reply.head, new TextDecoder().decode(reply.bytes));
    const { failure, mayBeBilled } = reply;
    return { kind: 'failed', failure, mayBeBilled };
  } catch (error) {
    return failedUnexpectedly({ gateway, modelId }, error);
  }
}

function readReply(call: Call, format: TranscriptFormat, head: ReplyHead, body: string): TranscriptionReply {
  const { status } = head;
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
