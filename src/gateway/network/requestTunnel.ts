import type { Socket } from 'node:net';
import { reasonOf } from '../../shared/failure/failureReason';
import { ProxyError } from './proxyError';

/** The longest head of a proxy's reply, in bytes. */
const longestHead = 64_000;

/** The data of a request for a tunnel. */
interface TunnelRequest {
  /** Host and port of the gateway, such as `api.example.com:443`, `[::1]:8080`. */
  readonly target: string;
  /** Host and port of the proxy, for messages. */
  readonly proxyHost: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: string;
}

/**
 * Requests a tunnel with CONNECT (RFC 9110, section 9.3.6) from the proxy at the other end of `socket`. Calls `onSettled`
 * once: without an error if the socket is now connected to the gateway, otherwise with an error, and the socket is closed.
 */
export function requestTunnel(
  socket: Socket,
  { target, proxyHost, authorization }: TunnelRequest,
  onSettled: (error?: ProxyError) => void,
): void {
  let received = Buffer.alloc(0);
  const settle = (error?: ProxyError): void => {
    socket.off('readable', onReadable).off('error', onError).off('close', onClose);
    if (error !== undefined) socket.destroy();
    onSettled(error);
  };
  const onError = (cause: Error): void => {
    settle(new ProxyError('PROXY_UNREACHABLE', proxyHost, cause.message, { cause }));
  };
  const onClose = (): void => {
    settle(new ProxyError('PROXY_FAILED', proxyHost, reasonOf('proxy-closed')));
  };
  const onReadable = (): void => {
    for (let bytes = read(socket); bytes !== null; bytes = read(socket)) {
      received = Buffer.concat([received, bytes]);
      const end = received.indexOf('\r\n\r\n');
      if (end === -1 && received.length < longestHead) continue;
      // Bytes after the head come from the gateway.
      if (end !== -1 && received.length > end + 4) socket.unshift(received.subarray(end + 4));
      settle(errorOf(received.subarray(0, Math.max(end, 0)).toString('latin1'), proxyHost));
      return;
    }
  };
  socket.on('readable', onReadable).on('error', onError).on('close', onClose);
  const credentials = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${credentials}\r\n`);
}

function read(socket: Socket): Buffer | null {
  return socket.read() as Buffer | null;
}

/** The error in a proxy's reply to CONNECT; undefined if the tunnel is open. */
function errorOf(head: string, proxyHost: string): ProxyError | undefined {
  const status = Number(/^HTTP\/1\.\d (\d{3})(?: |\r|$)/.exec(head)?.[1] ?? 0);
  if (status >= 200 && status <= 299) return undefined;
  if (status === 0) return new ProxyError('PROXY_REFUSED', proxyHost, reasonOf('proxy-no-http'));
  const reason = reasonOf('proxy-status', String(status));
  if (status === 407) return new ProxyError('PROXY_AUTHENTICATION', proxyHost, reason);
  return new ProxyError(status >= 500 ? 'PROXY_FAILED' : 'PROXY_REFUSED', proxyHost, reason);
}
