// The order of these imports matters: the first remembers what loading undici would overwrite.
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

/** What a transport needs from outside. */
export interface TransportParts {
  /** Asked before each request; a change opens new sockets. */
  readonly network: () => NetworkSettings;
  readonly log: Log;
  /** The time in milliseconds from any beginning, for the pace of replies. The default is the real one. */
  readonly elapsed?: () => number;
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
    // One question, one socket: cancelling closes it, and no gateway is slower for it. `false` also keeps undici from letting
    // questions wait for a connection that may turn out to speak HTTP/2; what the connector returns counts all the same.
    allowH2: false,
    maxHeaderSize: longestHead,
    // Servers that do not tell how long they keep a socket (uvicorn: 5 s) close it without notice,
    // and a request that meets the closing is lost.
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
  const connectSecure = once(() => buildConnector({ ...usual, ...trustOptions(settings, log) }) as Connect);
  const connectHttp2 = once(
    () =>
      buildConnector({ ...usual, ...trustOptions(settings, log), allowH2: true, preferH2: true }) as Connect,
  );
  /** Origins that speak HTTP/2 and nothing else. */
  const http2Only = new Set<string>();

  const open = (options: buildConnector.Options, isHttp2Only: boolean, callback: Callback): Opening => {
    const connect: Connect = (target, onConnected) => {
      if (target.protocol !== 'https:') return connectPlain(target, onConnected);
      // A proxy is asked for its tunnel with HTTP/1.1.
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

/** The server wants none of the protocols that were offered (RFC 7301, section 3.2): no request was sent yet. */
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
