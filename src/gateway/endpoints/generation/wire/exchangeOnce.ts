import type { Failure } from '../../../../shared/failure/failure';
import { longestErrorBody } from '../../../failures/describeError';
import { failureOf, type Call } from '../../../failures/failureOf';
import { failureOfNetwork } from '../../../failures/failureOfNetwork';
import type { ReplyHead, Transport, WireRequest } from '../../../network/exchange';
import { ReplyContent } from './replyContent';

/** How one request ended. */
export type ExchangeEnd =
  /** The whole reply is there. */
  | { readonly kind: 'replied'; readonly head: ReplyHead; readonly content: ReplyContent }
  /** Nothing of the request was sent. */
  | { readonly kind: 'unsent'; readonly failure: Failure }
  /** The request was sent, at least in part, and the reply is missing or cut. */
  | {
      readonly kind: 'lost';
      readonly failure: Failure;
      readonly head: ReplyHead | undefined;
      readonly content: ReplyContent;
    }
  | { readonly kind: 'cancelled' };

/** What `exchangeOnce` needs beside the request. */
interface ExchangeFacts {
  readonly call: Call;
  readonly signal: AbortSignal;
  /** In seconds: until the connection is open, and after that until the next byte of the reply. */
  readonly timeouts: { readonly connect: number; readonly silence: number };
  /** Receives the events of a stream. Returns true if nothing more must come. */
  readonly onEvent?: ((data: string, type: string | undefined) => boolean) | undefined;
}

/** How long a stream may stay open after everything has come, in seconds. */
const closingPatience = 5;

/** Sends a request once and reads its reply. Sends nothing again, follows no redirect, and never rejects. */
export function exchangeOnce(
  transport: Transport,
  request: WireRequest,
  { call, signal, timeouts, onEvent }: ExchangeFacts,
): Promise<ExchangeEnd> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'cancelled' });
      return;
    }
    let isOver = false;
    const content = new ReplyContent((data, type) => {
      isOver ||= onEvent?.(data, type) === true;
    });
    let head: ReplyHead | undefined;
    let received = 0;
    let wasSent = false;
    let timer: NodeJS.Timeout | undefined;
    const settle = (end: ExchangeEnd): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(end);
      exchange.close();
    };
    const cancel = (): void => {
      settle({ kind: 'cancelled' });
    };
    const breakOff = (failure: Failure): void => {
      content.end();
      settle(wasSent ? { kind: 'lost', failure, head, content } : { kind: 'unsent', failure });
    };
    const limit = (seconds: number, kind: 'connect-timeout' | 'first-token-timeout'): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        breakOff(failureOf(call, kind, { seconds, ...(head !== undefined && { status: head.status }) }));
      }, seconds * 1_000);
    };
    const finish = (whole: ReplyHead): void => {
      content.end();
      settle({ kind: 'replied', head: whole, content });
    };
    limit(timeouts.connect, 'connect-timeout');
    signal.addEventListener('abort', cancel);
    const exchange = transport.exchange(request, {
      onConnected: () => {
        wasSent = true;
        limit(timeouts.silence, 'first-token-timeout');
      },
      onHead: (arrived) => {
        head = arrived;
        limit(timeouts.silence, 'first-token-timeout');
      },
      onBytes: (bytes) => {
        if (head === undefined) return;
        received += bytes.length;
        content.add(bytes);
        limit(isOver ? closingPatience : timeouts.silence, 'first-token-timeout');
        if (content.isTooLarge) breakOff(failureOf(call, 'reply-too-large', { status: head.status }));
        else if (head.status >= 300 && received > longestErrorBody) finish(head);
      },
      onEnd: () => {
        if (head === undefined) breakOff(failureOf(call, 'connection-reset'));
        else finish(head);
      },
      onError: (error) => {
        breakOff(failureOfNetwork(call, error, head !== undefined));
      },
    });
  });
}
