// The order of these imports matters: the first remembers what loading undici would overwrite.
import { restoreGlobalDispatcher } from './keepGlobalDispatcher';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Socket } from 'node:net';
import { createContentDecoder, readContentEncoding, type ContentDecoder } from './contentDecoder';
import type { Exchange, ExchangeHandler, ReplyHead, Transport, WireRequest } from './exchange';

restoreGlobalDispatcher();

/**
 * Opens a transport with a pool of its own. The only file that knows undici; it is a bundle of its
 * own, loaded when the first question is in sight.
 */
export function openTransport(): Transport {
  /** The exchange whose `dispatch` runs right now: a socket that is opened meanwhile is its own. */
  let dispatching: UndiciExchange | undefined;
  // undici's connector returns the socket, which its type does not say.
  const connectSocket = buildConnector({ allowH2: false, timeout: 0 }) as (
    ...parameters: Parameters<buildConnector.connector>
  ) => Socket;
  const agent = new Agent({
    // One question, one socket: cancelling closes it, and no gateway is slower for it.
    allowH2: false,
    // Servers that do not tell how long they keep a socket (uvicorn: 5 s) close it without notice,
    // and a request that meets the closing is lost.
    keepAliveTimeout: 4_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      dispatching?.onSocket(connectSocket(options, callback));
    },
  });
  return {
    exchange(request, handler) {
      const exchange = new UndiciExchange(handler);
      dispatching = exchange;
      try {
        agent.dispatch(dispatchOptions(request), exchange);
      } finally {
        dispatching = undefined;
      }
      return exchange;
    },
    dispose: () => agent.destroy(),
  };
}

function dispatchOptions({ method, url, headers, body }: WireRequest): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { ...headers },
    body: body ?? null,
  };
}

class UndiciExchange implements Exchange, Dispatcher.DispatchHandler {
  private connecting: Socket | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private decoder: ContentDecoder | undefined;
  private closed = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly handler: ExchangeHandler) {}

  /** Called with the socket that is being opened for this exchange. */
  onSocket(socket: Socket): void {
    this.connecting = socket;
  }

  pause(): void {
    if (this.decoder === undefined) this.controller?.pause();
    else this.decoder.pause();
  }

  resume(): void {
    if (this.decoder === undefined) this.controller?.resume();
    else this.decoder.resume();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const reason = new Error('closed by the caller');
    // Without an error undici would wait for this socket forever.
    this.connecting?.destroy(reason);
    this.controller?.abort(reason);
    this.decoder?.destroy();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.connecting = undefined;
    this.controller = controller;
    if (this.closed) controller.abort(new Error('closed by the caller'));
    else this.handler.onConnected();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (this.closed || status < 200) return;
    const head = { status, headers: plainHeaders(headers) };
    const encoding = readContentEncoding(head.headers['content-encoding']);
    if (encoding !== null) this.decoder = this.openDecoder(encoding, controller);
    this.handler.onHead(head);
  }

  onResponseData(controller: Dispatcher.DispatchController, bytes: Uint8Array): void {
    if (this.closed) return;
    if (this.decoder === undefined) this.handler.onBytes(bytes);
    else if (!this.decoder.write(bytes)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.closed) return;
    if (this.decoder === undefined) this.finish();
    else this.decoder.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.failure = { error };
    // undici reports some errors while `exchange` still runs.
    queueMicrotask(() => {
      if (this.closed) return;
      // What came before the error still goes out first.
      if (this.decoder === undefined) this.finish();
      else this.decoder.end();
    });
  }

  private openDecoder(
    encoding: Parameters<typeof createContentDecoder>[0],
    controller: Dispatcher.DispatchController,
  ): ContentDecoder {
    return createContentDecoder(encoding, {
      onBytes: (bytes) => {
        if (!this.closed) this.handler.onBytes(bytes);
      },
      onEnd: () => {
        this.finish();
      },
      onError: (error) => {
        this.failure ??= { error };
        this.finish();
        controller.abort(new Error('the body cannot be decoded'));
      },
      onDrain: () => {
        controller.resume();
      },
    });
  }

  private finish(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.failure === undefined) this.handler.onEnd();
    else this.handler.onError(this.failure.error);
  }
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): ReplyHead['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      (typeof value === 'string' ? value : value?.[0]) ?? '',
    ]),
  );
}
