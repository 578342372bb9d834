import type { ExchangeHandler, Transport } from './exchange';

/**
 * A transport whose requests end with an error when the signal is aborted.
 *
 * @param patience Delays the end of a request that was sent. Its signal is aborted when the request ends by itself. Without it, each
 * request ends at once.
 */
export function abortable(
  transport: Transport,
  signal: AbortSignal,
  patience?: (end: AbortSignal) => Promise<void>,
): Transport {
  return {
    exchange: (request, handler) => {
      const end = new AbortController();
      let wasSent = false;
      const stop = (): void => {
        if (end.signal.aborted) return;
        ended();
        exchange.close();
        handler.onError(new Error('The request was cancelled.'));
      };
      const cancel = (): void => {
        if (wasSent && patience !== undefined) void patience(end.signal).then(stop);
        else stop();
      };
      const ended = (): void => {
        end.abort();
        signal.removeEventListener('abort', cancel);
      };
      const watched: ExchangeHandler = {
        onConnected: () => {
          wasSent = true;
          handler.onConnected();
        },
        onHead: (head) => {
          handler.onHead(head);
        },
        onBytes: (bytes) => {
          handler.onBytes(bytes);
        },
        onEnd: () => {
          ended();
          handler.onEnd();
        },
        onError: (error) => {
          ended();
          handler.onError(error);
        },
      };
      const exchange = transport.exchange(request, watched);
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) queueMicrotask(cancel);
      return {
        pause: () => {
          exchange.pause();
        },
        resume: () => {
          exchange.resume();
        },
        close: () => {
          ended();
          exchange.close();
        },
      };
    },
    dispose: () => transport.dispose(),
  };
}
