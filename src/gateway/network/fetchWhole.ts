import { ByteCollector } from './byteCollector';
import type { ExchangeHandler, ReplyHead, Transport, WireRequest } from './exchange';

/** Time limits of a request, in milliseconds. */
interface FetchTimeouts {
  /** Until the connection is open. */
  readonly connect: number;
  /** After that, until the next part of the reply. No limit if absent. */
  readonly silence?: number;
  /** From the open connection to the end of the reply. */
  readonly whole: number;
}

/** What `fetchWhole` resolves with. */
type WholeReply =
  /** `isCut` is true if the body is longer than the limit: then `bytes` is only its beginning. */
  | { readonly kind: 'reply'; readonly head: ReplyHead; readonly bytes: Uint8Array; readonly isCut: boolean }
  | { readonly kind: 'timeout'; readonly limit: keyof FetchTimeouts }
  /** `error` is undefined if the connection ended before the head of the reply. */
  | { readonly kind: 'error'; readonly error: unknown; readonly hasHead: boolean };

/**
 * Sends one request and collects the body of the reply. Follows no redirect and repeats nothing. Never rejects.
 *
 * @param mostBytes The limit for the body, chosen when the head arrives. 0 ends the request after the head.
 */
export function fetchWhole(
  transport: Transport,
  request: WireRequest,
  timeouts: FetchTimeouts,
  mostBytes: (head: ReplyHead) => number,
): Promise<WholeReply> {
  return new Promise((resolve) => {
    let head: ReplyHead | undefined;
    let body = new ByteCollector(0);
    const timers = new Map<keyof FetchTimeouts, NodeJS.Timeout>();
    const settle = (result: WholeReply): void => {
      for (const timer of timers.values()) clearTimeout(timer);
      resolve(result);
      exchange.close();
    };
    const start = (limit: keyof FetchTimeouts): void => {
      clearTimeout(timers.get(limit));
      const milliseconds = timeouts[limit];
      if (milliseconds === undefined) return;
      timers.set(
        limit,
        setTimeout(() => {
          settle({ kind: 'timeout', limit });
        }, milliseconds),
      );
    };
    const finish = (isCut: boolean): void => {
      if (head === undefined) settle({ kind: 'error', error: undefined, hasHead: false });
      else settle({ kind: 'reply', head, bytes: body.bytes, isCut });
    };
    const handler: ExchangeHandler = {
      onConnected: () => {
        clearTimeout(timers.get('connect'));
        start('whole');
        start('silence');
      },
      onHead: (received) => {
        head = received;
        const most = mostBytes(head);
        body = new ByteCollector(most);
        if (most === 0) finish(true);
        else start('silence');
      },
      onBytes: (bytes) => {
        if (body.add(bytes)) start('silence');
        else finish(true);
      },
      onEnd: () => {
        finish(false);
      },
      onError: (error) => {
        settle({ kind: 'error', error, hasHead: head !== undefined });
      },
    };
    start('connect');
    const exchange = transport.exchange(request, handler);
  });
}
