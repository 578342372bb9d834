import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** How a proxy behaves. */
export interface ProxyBehaviour {
  /** Ports on loopback by requested authority, such as `gateway.test:443`. Other requests get status 502. */
  readonly routes?: Readonly<Record<string, number>>;
  /** The required `name:password`. Requests without it get status 407. */
  readonly credentials?: string;
  /** Answers every request with exactly these bytes; closes the connection if empty. */
  readonly answer?: string;
  /** Never answers. */
  readonly silent?: boolean;
  /** Writes its answers byte by byte. */
  readonly drips?: boolean;
  /** Uses TLS for the connection to the proxy. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** An HTTP proxy on loopback that supports only CONNECT. */
export class ProxyServer {
  /** The requests of clients, with all headers. */
  readonly heads: string[] = [];
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    private readonly behaviour: ProxyBehaviour,
  ) {}

  static async start(behaviour: ProxyBehaviour): Promise<ProxyServer> {
    const server = behaviour.tls === undefined ? createServer() : createTlsServer(behaviour.tls);
    const proxy = new ProxyServer(server, behaviour);
    server.on(behaviour.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
      proxy.serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** Its address, such as `127.0.0.1:40000`. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Number of open connections to clients and gateways. */
  get open(): number {
    return this.sockets.size;
  }

  /** Resolves at the first request. */
  async asked(): Promise<void> {
    if (this.heads.length === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    // In some tests the client closes the connection.
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
  }

  private serve(client: Socket): void {
    this.connections += 1;
    this.keep(client);
    let received = Buffer.alloc(0);
    const onData = (bytes: Buffer): void => {
      received = Buffer.concat([received, bytes]);
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      client.off('data', onData).pause();
      const head = received.subarray(0, end).toString('latin1');
      this.heads.push(head);
      for (const resolve of this.waiting.splice(0)) resolve();
      void this.answer(client, head);
    };
    client.on('data', onData);
  }

  private async answer(client: Socket, head: string): Promise<void> {
    const { routes = {}, credentials, answer, silent = false } = this.behaviour;
    if (silent) return;
    if (answer !== undefined) {
      client.end(answer);
      return;
    }
    const given = /^proxy-authorization: *Basic (\S+)$/im.exec(head)?.[1] ?? '';
    if (credentials !== undefined && Buffer.from(given, 'base64').toString() !== credentials) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    const port = routes[/^CONNECT (\S+) /.exec(head)?.[1] ?? ''];
    if (port === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const gateway = connect(port, '127.0.0.1');
    this.keep(gateway);
    await this.write(client, 'HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n');
    client.pipe(gateway).pipe(client);
    client.on('close', () => gateway.destroy());
    gateway.on('close', () => client.destroy());
  }

  private async write(client: Socket, text: string): Promise<void> {
    for (const piece of this.behaviour.drips === true ? text : [text]) {
      await new Promise((resolve) => client.write(piece, resolve));
    }
  }
}
