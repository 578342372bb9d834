import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';

/** A received request, and functions to answer it with any bytes. */
export interface RawExchange {
  /** `POST /v1/chat/completions HTTP/1.1` and the headers, as sent. */
  readonly head: string;
  readonly body: string;
  /** Writes exactly these bytes. Resolves when the system has accepted them. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** Closes the connection with FIN. */
  end(): void;
  /** Resets the connection. */
  reset(): void;
  /** Resolves when the client has closed the connection. */
  readonly closed: Promise<void>;
}

/** Answers a request. */
export type RawScript = (exchange: RawExchange) => void | Promise<void>;

/** A server on loopback without a protocol: it sends exactly the bytes that the script writes. */
export class RawServer {
  /** Requests so far, oldest first. */
  readonly requests: RawExchange[] = [];
  /** Number of connections so far. */
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {}

  /** Listens on a free port and answers each request with `script`; uses TLS if a certificate is given. */
  static async start(script: RawScript, tls?: { key: string; cert: string }): Promise<RawServer> {
    // As gateways do: a reset must not discard bytes that are already written.
    const usual = { noDelay: true };
    const server = tls === undefined ? createServer(usual) : createTlsServer({ ...usual, ...tls });
    const raw = new RawServer(server, tls === undefined ? 'http' : 'https');
    server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
      raw.serve(socket, script);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return raw;
  }

  /** Its base URL, such as `http://127.0.0.1:40000/v1`. */
  get baseUrl(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Number of open connections. */
  get openConnections(): number {
    return this.sockets.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket, script: RawScript): void {
    this.connections += 1;
    this.sockets.add(socket);
    const closed = new Promise<void>((resolve) => {
      socket.on('close', () => {
        this.sockets.delete(socket);
        resolve();
      });
    });
    // In some tests the client closes the connection.
    socket.on('error', () => undefined);
    let received = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      const request = readRequest(received);
      if (request === undefined) return;
      received = received.subarray(request.length);
      const exchange: RawExchange = {
        ...request,
        write: (answer) =>
          new Promise((resolve) => {
            socket.write(answer, () => {
              resolve();
            });
          }),
        end: () => socket.end(),
        reset: () => socket.resetAndDestroy(),
        closed,
      };
      this.requests.push(exchange);
      void script(exchange);
    });
  }
}

function readRequest(bytes: Buffer): { head: string; body: string; length: number } | undefined {
  const headLength = bytes.indexOf('\r\n\r\n');
  if (headLength === -1) return undefined;
  const head = bytes.subarray(0, headLength).toString('latin1');
  const bodyLength = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const length = headLength + 4 + bodyLength;
  if (bytes.length < length) return undefined;
  return { head, body: bytes.subarray(headLength + 4, length).toString(), length };
}
