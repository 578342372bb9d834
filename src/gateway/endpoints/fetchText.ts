import type { Timeouts } from '../../core/models/route';
import type { Failure } from '../../shared/failure/failure';
import { longestErrorBody } from '../failures/describeError';
import { failureOf, type Call } from '../failures/failureOf';
import { failureOfNetwork } from '../failures/failureOfNetwork';
import type { ReplyHead, Transport, WireRequest } from '../network/exchange';
import { fetchWhole } from '../network/fetchWhole';

/** The longest time for the connection, and for the reply, whatever the user's limits are; in seconds. */
const longestWait = 20;

/** The text of a reply with any status. */
interface TextReply {
  readonly head: ReplyHead;
  readonly text: string;
}

/**
 * Sends a request once and reads the whole body as text. Never rejects: the result is the failure if there is no such text.
 *
 * @param largest The largest body of a success, in bytes.
 */
export async function fetchText(
  transport: Transport,
  { call, request }: { readonly call: Call; readonly request: WireRequest },
  timeouts: Pick<Timeouts, 'connect' | 'firstToken'>,
  largest: number,
): Promise<TextReply | Failure> {
  const seconds = {
    connect: Math.min(timeouts.connect, longestWait),
    whole: Math.min(timeouts.firstToken, longestWait),
  };
  const reply = await fetchWhole(
    transport,
    request,
    { connect: seconds.connect * 1_000, whole: seconds.whole * 1_000 },
    (head) => (isSuccess(head) ? largest : longestErrorBody),
  );
  switch (reply.kind) {
    case 'timeout':
      return reply.limit === 'connect'
        ? failureOf(call, 'connect-timeout', { seconds: seconds.connect })
        : failureOf(call, 'first-token-timeout', { seconds: seconds.whole });
    case 'error':
      return reply.error === undefined
        ? failureOf(call, 'connection-reset')
        : failureOfNetwork(call, reply.error, reply.hasHead);
    case 'reply': {
      const { head, bytes, isCut } = reply;
      if (isCut && isSuccess(head)) return failureOf(call, 'reply-too-large');
      return { head, text: new TextDecoder().decode(bytes) };
    }
  }
}

/** True for a status of success. */
export function isSuccess({ status }: ReplyHead): boolean {
  return status >= 200 && status <= 299;
}
