import type { Ending } from '../shared/ending';
import type { Failure } from '../shared/failure';
import type { ReplyOutcome } from './answerReader';
import type { ReplyHead } from './exchange';
import { failureOf, failureOfReplyError, requestIdOf, type Call } from './failures';
import type { ReplyForm } from './replyBody';
import { toDetail } from './redact';
import { replyErrorFrom } from './replyError';

/** How the reading of a reply stopped. */
export type ReadingEnd =
  /** The reply itself said that it is over. */
  | { readonly kind: 'over' }
  /** The body ended. */
  | { readonly kind: 'body-ended' }
  /** The connection broke, a limit struck. */
  | { readonly kind: 'broken'; readonly failure: Failure };

/** A reply that was read, for judging it. */
export interface ReadReply {
  readonly head: ReplyHead;
  readonly form: ReplyForm;
  /** The body when it was no stream. */
  readonly text: string;
  readonly outcome: ReplyOutcome;
}

/** These say nothing but "I am done": with no text at all they end an empty answer. */
const ordinaryFinishReasons: ReadonlySet<string | null> = new Set([null, 'stop', 'end_turn', 'eos']);

/**
 * Decides how an answer ended. What the gateway reports as an error comes first, then its word that
 * the answer is complete; only then counts how the connection ended.
 */
export function concludeAnswer(call: Call, reply: ReadReply, end: ReadingEnd): Ending {
  const { outcome, head } = reply;
  if (outcome.error !== undefined) {
    return unfinished(outcome, failureOfReplyError(call, outcome.error, head));
  }
  const { malformed } = outcome;
  if (malformed !== undefined && !/^[{[]/.test(malformed) && outcome.finishReason === null) {
    // Bare words where a chunk belongs.
    return unfinished(outcome, failureOfReplyError(call, replyErrorFrom(malformed), head));
  }
  if (outcome.done || outcome.finishReason !== null) return finished(call, reply);
  return unfinished(outcome, end.kind === 'broken' ? end.failure : describeCut(call, reply, end.kind));
}

/** Text makes an answer truncated; without any it failed. */
function unfinished(outcome: ReplyOutcome, failure: Failure): Ending {
  return { outcome: outcome.hasText ? 'truncated' : 'failed', failure };
}

function finished(call: Call, reply: ReadReply): Ending {
  const { finishReason, hasText, hasReasoning, callsTool } = reply.outcome;
  const isEmpty = !hasText && !hasReasoning && !callsTool && ordinaryFinishReasons.has(finishReason);
  if (!isEmpty) {
    const reason = finishReason === null ? null : toDetail(finishReason, call.secrets);
    return { outcome: 'completed', finishReason: reason };
  }
  // A whole reply that holds no answer is something else than an empty answer.
  const isForeign = finishReason === null && (reply.form === 'json' || reply.outcome.foreign !== undefined);
  return { outcome: 'failed', failure: describe(call, reply, isForeign ? 'malformed-reply' : 'empty-reply') };
}

function describeCut(call: Call, reply: ReadReply, end: 'over' | 'body-ended'): Failure {
  const { form, outcome } = reply;
  if (form === 'html') return describe(call, reply, 'not-an-api');
  // JSON that is no answer in any format: what came says more than that it ended early.
  if (form === 'json' || form === 'other' || outcome.foreign !== undefined)
    return describe(call, reply, 'malformed-reply');
  // Half of a chunk at the end is what a cut looks like; anywhere else it is a broken chunk.
  if (outcome.malformed !== undefined && end === 'over') return describe(call, reply, 'malformed-reply');
  const isCut = outcome.understood || outcome.malformed !== undefined;
  return describe(call, reply, isCut ? 'stream-cut' : 'empty-reply');
}

function describe(
  call: Call,
  { head, text, outcome }: ReadReply,
  kind: 'not-an-api' | 'malformed-reply' | 'stream-cut' | 'empty-reply',
): Failure {
  const requestId = requestIdOf(head);
  return failureOf(call, kind, {
    status: head.status,
    ...(requestId !== undefined && { requestId }),
    ...(kind === 'malformed-reply' && { detail: outcome.malformed ?? outcome.foreign ?? text }),
  });
}
