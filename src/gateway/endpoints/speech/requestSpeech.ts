import type { Gateway } from '../../../core/models/gateway';
import type { Failure } from '../../../shared/failure/failure';
import { findReplyError } from '../../failures/findReplyError';
import { failureOf, failureOfReplyError, type Call } from '../../failures/failureOf';
import { parseReply } from '../../json/parseReply';
import type { ReplyHead } from '../../network/exchange';
import { failedUnexpectedly, sendWholeOnce, type FailedRequest, type SendingParts } from '../sendWholeOnce';
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
  | FailedRequest;

/** Time limits after the connection is open, in seconds: without a byte, and for the whole sound. */
const limits = { silence: 60, whole: 300 };

/** The largest sound: 20 minutes of WAV. In bytes. */
const largestSound = 64_000_000;

/**
 * Sends `POST {baseUrl}/audio/speech` once. Repeats nothing, because the gateway charges for each request. Never rejects.
 */
export async function requestSpeech(request: SpeechRequest, parts: SendingParts): Promise<SpeechReply> {
  const { gateway, modelId, text, voice, format, connect } = request;
  const reply = await sendWholeOnce(
    {
      gateway,
      modelId,
      path: '/audio/speech',
      content: {
        headers: {
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
      },
      limits: { connect, ...limits },
      largest: largestSound,
    },
    parts,
  );
  if (reply.kind === 'reply') {
    try {
      return readReply(reply.call, request, reply);
    } catch (error) {
      return failedUnexpectedly(request, error);
    }
  }
  const { failure, mayBeBilled, refusal } = reply;
  if (refusal !== undefined && refusesFormat(refusal.status, refusal.body, format))
    return { kind: 'format-refused', failure };
  return { kind: 'failed', failure, mayBeBilled };
}

function readReply(
  call: Call,
  { format }: SpeechRequest,
  { head, bytes }: { readonly head: ReplyHead; readonly bytes: Uint8Array },
): SpeechReply {
  const { status } = head;
  const failed = (failure: Failure): SpeechReply => ({ kind: 'failed', failure, mayBeBilled: true });
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
