// The order of these imports matters: `restoreGlobalDispatcher` saves what undici overwrites when it is loaded.
import { restoreGlobalDispatcher } from './restoreGlobalDispatcher';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { Socket } from 'node:net';
import type { Log } from '../../core/ports/log';
import { trustOptions } from './trustOptions';
import type { Transport, WireRequest } from './exchange';
import { lookUpHost } from './lookUpHost';
import type { NetworkSettings } from './networkSettings';
import { chooseProxy, type ProxyChoice } from './proxyChoice';
import { ProxyError } from './proxyError';
import { requestTunnel } from './requestTunnel';
import { longestHead, repairHeads } from './repairHead';
import { UndiciExchange, type Opening } from './undiciExchange';

restoreGlobalDispatcher();

/** What a transport needs. */
export interface TransportParts {
  /** Read before each request. After a change, requests use new sockets. */
  readonly network: () => NetworkSettings;
  readonly log: Log;
  /** The time in milliseconds from any starting point, to measure the speed of replies. `performance.now` if absent. */
  readonly elapsed?: () => number;
}

type Callback = buildConnector.Callback;

/** undici's connector returns the socket, but its type does not say so. If that changes, `networkProxy.test.ts` fails. */
type Connect = (options: buildConnector.Options, callback: Callback) => Socket;

/**
 * Opens a transport with its own pool of sockets. This is the only file that imports undici. It is a separate bundle, which is
 * loaded when the user is likely to ask the first question.
 */
export function openTransport({
  network,
  log,
  elapsed = () => performance.now(),
}: TransportParts): Transport {
  /** The exchange whose `dispatch` runs at the moment: a socket that opens during this call belongs to it. */
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
  /** Running requests continue with the old settings; then their sockets close. */
  const retire = (agent: Agent): void => {
    retired.add(agent);
    const forget = (): void => void retired.delete(agent);
    // `close` rejects only if `dispose` has already destroyed the agent.
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
    // One socket per request, so that cancelling a request closes its socket. `false` also prevents undici from letting requests
    // wait for a connection that may become HTTP/2. A socket with HTTP/2 from the connector still works.
    allowH2: false,
    maxHeaderSize: longestHead,
    // Some servers close an idle socket without saying when (uvicorn: after 5 s), and a request at that moment is lost.
    keepAliveTimeout: 4_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      const opening = connect(options, (...[error, socket]) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        if (!isHttp2(socket)) repairHeads(socket);
        callback(null, socket);
      });
      onOpening(opening);
    },
  });
}

/** Makes a function that opens sockets to gateways: directly, or through the tunnel of a proxy. */
function createConnector(
  settings: NetworkSettings,
  log: Log,
): (options: buildConnector.Options, callback: Callback) => Opening {
  const usual = {
    allowH2: false,
    timeout: 0,
    lookup: lookUpHost,
    autoSelectFamily: true,
    // With this, unread bytes stay in the buffer of the operating system. There they cost nothing, and a reset of the
    // connection does not discard them, as it does with Node's own buffer.
    highWaterMark: 1,
  } as const;
  const connectPlain = buildConnector(usual) as Connect;
  const connectSecure = once(() => buildConnector({ ...usual, ...trustOptions(settings, log) }) as Connect);
  const connectHttp2 = once(
    () =>
      buildConnector({ ...usual, ...trustOptions(settings, log), allowH2: true, preferH2: true }) as Connect,
  );
  /** Origins that accept only HTTP/2. */
  const http2Only = new Set<string>();

  const open = (options: buildConnector.Options, isHttp2Only: boolean, callback: Callback): Opening => {
    const connect: Connect = (target, onConnected) => {
      if (target.protocol !== 'https:') return connectPlain(target, onConnected);
      // The request for a tunnel always uses HTTP/1.1.
      const isGateway = target.hostname === options.hostname && target.port === options.port;
      return (isHttp2Only && isGateway ? connectHttp2() : connectSecure())(target, onConnected);
    };
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
  return (options, callback) => {
    const origin = `${options.protocol}//${options.host ?? options.hostname}`;
    const isHttp2Only = http2Only.has(origin);
    let opening = open(options, isHttp2Only, (...[error, socket]) => {
      if (error === null) callback(null, socket);
      else if (isHttp2Only || !refusesHttp1(error)) callback(error, null);
      else {
        http2Only.add(origin);
        opening = open(options, true, callback);
      }
    });
    return {
      destroy: (reason) => {
        opening.destroy(reason);
      },
    };
  };
}

/** True if the server accepts none of the offered protocols (RFC 7301, section 3.2). No request has been sent then. */
function refusesHttp1(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
}

function isHttp2(socket: Socket): boolean {
  return 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/**
 * Opens a socket to a gateway through a proxy. Gateways with `http:` get a tunnel, too, so that the gateway never gets the
 * password of the proxy.
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

function dispatchOptions({ method, url, headers, body, bytes }: WireRequest): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { ...headers },
    body: body ?? bytes ?? null,
  };
}
