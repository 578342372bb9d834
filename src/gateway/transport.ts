// The order of these imports matters: the first remembers what loading undici would overwrite.
import { restoreGlobalDispatcher } from './keepGlobalDispatcher';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Socket } from 'node:net';
import type { Log } from '../core/ports';
import { trustOptions } from './certificates';
import { createContentDecoder, readContentEncoding, type ContentDecoder } from './contentDecoder';
import { DeliveryCoalescer } from './deliveryCoalescer';
import type { Exchange, ExchangeHandler, Transport, WireRequest } from './exchange';
import { lookUpHost } from './lookUpHost';
import type { NetworkSettings } from './networkSettings';
import { plainHeaders } from './plainHeaders';
import { chooseProxy, type ProxyChoice } from './proxyChoice';
import { ProxyError } from './proxyError';
import { requestTunnel } from './proxyTunnel';
import { ReadingGate } from './readingGate';

restoreGlobalDispatcher();

/** What a transport needs from outside. */
export interface TransportParts {
  /** Asked before each request; a change opens new sockets. */
  readonly network: () => NetworkSettings;
  readonly log: Log;
  /** The time in milliseconds from any beginning, for the pace of replies. The default is the real one. */
  readonly elapsed?: () => number;
}

/** A connection that is being opened, whatever stage it is in. */
interface Opening {
  destroy(reason: Error): void;
}

type Callback = buildConnector.Callback;

/** undici's connector returns the socket, which its type does not say. */
type Connect = (options: buildConnector.Options, callback: Callback) => Socket;

/**
 * Opens a transport with a pool of its own. The only file that knows undici; it is a bundle of its
 * own, loaded when the first question is in sight.
 */
export function openTransport({
  network,
  log,
  elapsed = () => performance.now(),
}: TransportParts): Transport {
  /** The exchange whose `dispatch` runs right now: a socket that is opened meanwhile is its own. */
  let dispatching: UndiciExchange | undefined;
  let current: { readonly wanted: string; readonly agent: Agent } | undefined;
  const retired = new Set<Agent>();
  const agentFor = (settings: NetworkSettings): Agent => {
    const wanted = JSON.stringify(settings);
    if (current?.wanted === wanted) return current.agent;
    if (current !== undefined) retire(current.agent);
    const agent = openAgent(createConnector(settings, log), (opening) => dispatching?.onOpening(opening));
    current = { wanted, agent };
    return agent;
  };
  /** Answers under way go on as they began; after them the sockets close. */
  const retire = (agent: Agent): void => {
    retired.add(agent);
    const forget = (): void => void retired.delete(agent);
    // Closing fails only when `dispose` was faster.
    agent.close().then(forget, forget);
  };
  return {
    exchange(request, handler) {
      const exchange = new UndiciExchange(handler, elapsed);
      const agent = agentFor(network());
      dispatching = exchange;
      try {
        agent.dispatch(dispatchOptions(request), exchange);
      } finally {
        dispatching = undefined;
      }
      return exchange;
    },
    async dispose() {
      const agents = current === undefined ? [...retired] : [...retired, current.agent];
      await Promise.all(agents.map((agent) => agent.destroy()));
    },
  };
}

function openAgent(
  connect: (options: buildConnector.Options, callback: Callback) => Opening,
  onOpening: (opening: Opening) => void,
): Agent {
  return new Agent({
    // One question, one socket: cancelling closes it, and no gateway is slower for it.
    allowH2: false,
    // Servers that do not tell how long they keep a socket (uvicorn: 5 s) close it without notice,
    // and a request that meets the closing is lost.
    keepAliveTimeout: 4_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      onOpening(connect(options, callback));
    },
  });
}

/** Opens sockets to gateways: straight, or through a tunnel that a proxy grants. */
function createConnector(
  settings: NetworkSettings,
  log: Log,
): (options: buildConnector.Options, callback: Callback) => Opening {
  const usual = {
    allowH2: false,
    timeout: 0,
    lookup: lookUpHost,
    autoSelectFamily: true,
    // What is not read yet stays with the operating system: it gathers there at no cost, and a reset,
    // which empties the socket's own buffer, does not take it along.
    highWaterMark: 1,
  } as const;
  const connectPlain = buildConnector(usual) as Connect;
  let connectSecure: Connect | undefined;
  const connect: Connect = (options, callback) => {
    if (options.protocol !== 'https:') return connectPlain(options, callback);
    connectSecure ??= buildConnector({ ...usual, ...trustOptions(settings, log) }) as Connect;
    return connectSecure(options, callback);
  };
  return (options, callback) => {
    const target = new URL(`${options.protocol}//${options.host ?? options.hostname}`);
    const choice = chooseProxy(target, settings);
    switch (choice.kind) {
      case 'direct':
        return connect(options, callback);
      case 'proxy':
        return connectThrough(choice, target, connect, options, callback);
      case 'unusable':
        queueMicrotask(() => {
          callback(new ProxyError('PROXY_REFUSED', choice.host, choice.reason), null);
        });
        return { destroy: () => undefined };
    }
  };
}

/**
 * A socket to a gateway through a proxy. Gateways over `http:` get a tunnel too: so the proxy's
 * password never stands in a request that a gateway sees, nor the key in one that a proxy keeps.
 */
function connectThrough(
  { address, authorization }: Extract<ProxyChoice, { kind: 'proxy' }>,
  target: URL,
  connect: Connect,
  options: buildConnector.Options,
  callback: Callback,
): Opening {
  const proxyHost = address.host;
  const { protocol, hostname, port } = address;
  const toProxy = { protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), host: proxyHost, port };
  const usualPort = target.protocol === 'https:' ? '443' : '80';
  const tunnel = {
    target: `${target.hostname}:${target.port || usualPort}`,
    proxyHost,
    ...(authorization !== undefined && { authorization }),
  };
  let socket = connect(toProxy, (...[cause]) => {
    if (cause !== null) {
      callback(new ProxyError('PROXY_UNREACHABLE', proxyHost, cause.message, { cause }), null);
      return;
    }
    requestTunnel(socket, tunnel, (error) => {
      if (error !== undefined) callback(error, null);
      else if (options.protocol === 'https:') socket = connect({ ...options, httpSocket: socket }, callback);
      else callback(null, socket);
    });
  });
  return { destroy: (reason) => socket.destroy(reason) };
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
  private opening: Opening | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private gate: ReadingGate | undefined;
  private decoder: ContentDecoder | undefined;
  private readonly coalescer: DeliveryCoalescer;
  private closed = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly handler: ExchangeHandler,
    elapsed: () => number,
  ) {
    this.coalescer = new DeliveryCoalescer({
      hold: () => this.gate?.hold('burst'),
      release: () => this.gate?.release('burst'),
      elapsed,
    });
  }

  /** Called with the connection that is being opened for this exchange. */
  onOpening(opening: Opening): void {
    this.opening = opening;
  }

  pause(): void {
    if (this.decoder === undefined) this.gate?.hold('consumer');
    else this.decoder.pause();
  }

  resume(): void {
    // What was stopped before the reply's head was stopped without its decoder.
    this.gate?.release('consumer');
    this.decoder?.resume();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.coalescer.stop();
    const reason = new Error('closed by the caller');
    // Without an error undici would wait for this socket forever.
    this.opening?.destroy(reason);
    this.controller?.abort(reason);
    this.decoder?.destroy();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.opening = undefined;
    this.controller = controller;
    this.gate = new ReadingGate(controller);
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

  onResponseData(_controller: Dispatcher.DispatchController, bytes: Uint8Array): void {
    if (this.closed) return;
    this.coalescer.onBytes(bytes.length);
    if (this.decoder === undefined) this.handler.onBytes(bytes);
    else if (!this.decoder.write(bytes)) this.gate?.hold('decoder');
  }

  onResponseEnd(): void {
    this.coalescer.stop();
    if (this.closed) return;
    if (this.decoder === undefined) this.finish();
    else this.decoder.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.coalescer.stop();
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
        if (this.closed) return;
        try {
          this.handler.onBytes(bytes);
        } catch (error) {
          // Thrown in a stream's listener it would be nobody's error. undici does the same for a body as it is.
          this.failure ??= { error };
          this.finish();
          this.decoder?.destroy();
          controller.abort(new Error('the body cannot be read'));
        }
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
        this.gate?.release('decoder');
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
