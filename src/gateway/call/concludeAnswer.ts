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
  /** The last line of a stream that is no field of an event: `proxy error: …`. */
  readonly strayWords?: string | undefined;
  readonly outcome: ReplyOutcome;
}

/**
 * Decides how an answer ended. What the gateway reports as an error comes first, then its word that
 * the answer is complete; only then counts how the connection ended.
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
  const { finishReason, hasText, hasReasoning, callsTool, foreign } = reply.outcome;
  const reason = finishReason === null ? null : toDetail(finishReason, call.secrets);
  const came = { text: hasText, reasoning: hasReasoning, toolCalls: callsTool };
  return endingOfFinish(reason, came, (kind, detail) => {
    // A whole reply that holds no answer is something else than an empty answer.
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
  // JSON that is no answer in any format: what came says more than that it ended early.
  if (form === 'json' || form === 'other' || outcome.foreign !== undefined)
    return describe(call, reply, 'malformed-reply');
  // Half of a chunk at the end is what a cut looks like; anywhere else it is a broken chunk.
  if (outcome.malformed !== undefined && end === 'over') return describe(call, reply, 'malformed-reply');
  const isCut = outcome.understood || outcome.malformed !== undefined;
  if (isCut) return describe(call, reply, 'stream-cut', reply.strayWords);
  // Words that are no event are all that came.
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
