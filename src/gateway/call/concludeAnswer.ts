import type { Ending } from '../../shared/answer/ending';
import type { Failure, FailureKind } from '../../shared/failure/failure';
import { endingOfFinish } from '../../shared/answer/readFinishReason';
import type { ReplyOutcome } from '../reply/answerReader';
import type { ReplyHead } from '../network/exchange';
import { failureOf, failureOfReplyError, requestIdOf, type Call } from '../failures/failureOf';
import { isFirewallPage } from '../failures/isFirewallPage';
import type { ReplyForm } from '../reply/replyBody';
import { toDetail } from '../secrets/redact';
import { replyErrorFrom } from '../failures/findReplyError';

/** Why the reading of a reply stopped. */
export type ReadingEnd =
  /** The reply has `[DONE]` or an error. */
  | { readonly kind: 'over' }
  /** The body ended. */
  | { readonly kind: 'body-ended' }
  /** The connection failed, or a limit was reached. */
  | { readonly kind: 'broken'; readonly failure: Failure };

/** A reply that was read. */
interface ReadReply {
  readonly head: ReplyHead;
  readonly form: ReplyForm;
  /** The body if it is not a stream. */
  readonly text: string;
  /** The last line of a stream that is not a field of an event: `proxy error: …`. */
  readonly strayWords?: string | undefined;
  readonly outcome: ReplyOutcome;
}

/**
 * Decides how an answer ended. An error that the gateway reports decides first, then `[DONE]` or a finish reason, and last the
 * end of the connection.
 */
export function concludeAnswer(call: Call, reply: ReadReply, end: ReadingEnd): Ending {
  const { outcome, head } = reply;
  if (outcome.error !== undefined) {
    const failure = failureOfReplyError(call, outcome.error, head);
    const isFiltered = outcome.hasText && failure.kind === 'prompt-refused';
    return unfinished(outcome, isFiltered ? { ...failure, kind: 'content-filtered' } : failure);
  }
  const { malformed } = outcome;
  if (malformed !== undefined && !/^[{[]/.test(malformed) && outcome.finishReason === null) {
    // An event with plain text instead of a chunk: the text is an error message.
    return unfinished(outcome, failureOfReplyError(call, replyErrorFrom(malformed), head));
  }
  if (outcome.done || outcome.finishReason !== null) return finished(call, reply);
  return unfinished(outcome, end.kind === 'broken' ? end.failure : describeCut(call, reply, end.kind));
}

/** The ending of an incomplete answer: truncated if it has text, otherwise failed. */
function unfinished(outcome: ReplyOutcome, failure: Failure): Ending {
  return { outcome: outcome.hasText ? 'truncated' : 'failed', failure };
}

function finished(call: Call, reply: ReadReply): Ending {
  const { finishReason, hasText, hasReasoning, callsTool, foreign } = reply.outcome;
  const reason = finishReason === null ? null : toDetail(finishReason, call.secrets);
  const came = { text: hasText, reasoning: hasReasoning, toolCalls: callsTool };
  return endingOfFinish(reason, came, (kind, detail) => {
    // A whole reply without an answer is not an empty answer, but a reply of another kind.
    const isForeign = finishReason === null && (reply.form === 'json' || foreign !== undefined);
    if (kind === 'empty-reply') return describe(call, reply, isForeign ? 'malformed-reply' : kind);
    return describe(call, reply, kind, detail);
  });
}

function describeCut(call: Call, reply: ReadReply, end: 'over' | 'body-ended'): Failure {
  const { form, outcome } = reply;
  if (form === 'html') {
    const isBlocked = isFirewallPage(reply.head, reply.text);
    return describe(call, reply, isBlocked ? 'blocked-by-firewall' : 'not-an-api');
  }
  // The reply is JSON, but not an answer in any known format. Its content helps the user more than "the stream was cut".
  if (form === 'json' || form === 'other' || outcome.foreign !== undefined)
    return describe(call, reply, 'malformed-reply');
  // An incomplete chunk at the end of the body comes from a truncated stream. Anywhere else the chunk itself is malformed.
  if (outcome.malformed !== undefined && end === 'over') return describe(call, reply, 'malformed-reply');
  const isCut = outcome.understood || outcome.malformed !== undefined;
  if (isCut) return describe(call, reply, 'stream-cut', reply.strayWords);
  // If the reply has nothing but a line that is not an event, that line is an error message.
  return reply.strayWords === undefined
    ? describe(call, reply, 'empty-reply')
    : failureOfReplyError(call, replyErrorFrom(reply.strayWords), reply.head);
}

function describe(
  call: Call,
  { head, text, outcome }: ReadReply,
  kind: FailureKind,
  words?: string,
): Failure {
  const requestId = requestIdOf(head);
  const detail = kind === 'malformed-reply' ? (outcome.malformed ?? outcome.foreign ?? text) : words;
  return failureOf(call, kind, {
    status: head.status,
    ...(requestId !== undefined && { requestId }),
    ...(detail !== undefined && { detail }),
  });
}
