import type { Failure } from '../../../../shared/failure/failure';
import { classifyRefusal } from '../../../failures/classifyRefusal';
import type { ReplyError } from '../../../failures/describeError';
import { failureOf, failureOfReplyError, failureOfStatus, type Call } from '../../../failures/failureOf';
import { readErrorBody } from '../../../failures/findReplyError';
import type { ReplyHead } from '../../../network/exchange';

/** Statuses of servers that stopped waiting for the one that does the work. That one may go on and bill it. */
const stoppedWaiting: ReadonlySet<number> = new Set([408, 499, 504, 520, 524]);

/**
 * The failure of an error status of an endpoint for pictures, video or music.
 *
 * @param body The beginning of the reply's body.
 * @param now The time in milliseconds since the epoch.
 */
export function failureOfBilled(call: Call, head: ReplyHead, body: string, now: number): Failure {
  const failure = failureOfStatus(call, head, body, now);
  const { status } = head;
  const error = readErrorBody(body);
  if (isEndpointMissing(failure, status, error))
    return { ...failure, kind: 'endpoint-missing', retryable: false };
  // A server error without the words of the gateway comes from a server before it, which may have cut the connection.
  const isUnexplained = status >= 500 && error === undefined && failure.kind === 'server-error';
  if (stoppedWaiting.has(status) || (isUnexplained && status <= 503))
    return { ...failure, kind: 'maybe-billed', retryable: false };
  return failure;
}

/** True for a path that the gateway does not have. One API answers 501 to those that it does not implement. */
function isEndpointMissing({ kind }: Failure, status: number, error: ReplyError | undefined): boolean {
  if (kind === 'no-such-endpoint') return true;
  if (status === 501) return true;
  if (status !== 404 && status !== 405) return false;
  if (kind === 'not-an-api') return true;
  // 404 alone says nothing; the words may say that it is the model that is missing.
  const { codes = [], message = '' } = error ?? {};
  return kind === 'not-found' && classifyRefusal({ status: 400, codes, words: message }) !== 'not-found';
}

/** The failure of an error that came with the status of a success. */
export function failureOfBilledError(call: Call, error: ReplyError, head: ReplyHead): Failure {
  const failure = failureOfReplyError(call, error, head);
  return failure.kind === 'no-such-endpoint' ? { ...failure, kind: 'endpoint-missing' } : failure;
}

/** The failure of a success without a medium. A content filter may be the cause. `words` is what the reply says instead. */
export function failureWithoutMedia(call: Call, head: ReplyHead, words: string): Failure {
  const isRefusal = words !== '' && classifyRefusal({ status: 200, codes: [], words }) === 'prompt-refused';
  return failureOf(call, isRefusal ? 'prompt-refused' : 'no-media', { status: head.status, detail: words });
}
