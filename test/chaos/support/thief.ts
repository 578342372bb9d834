import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A server that nobody should talk to, under whatever scheme: it speaks none, and counts what it is sent. It answers like a proxy,
 * so that whoever takes it for one goes on and tells it more.
 */
export class Thief {
  /** What it got, in the order of arrival. */
  readonly loot: Buffer[] = [];
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      socket.on('data', (bytes) => {
        this.loot.push(bytes);
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
      });
    });
  }

  static async start(): Promise<Thief> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Thief(server);
  }

  /** Such as `127.0.0.1:40000`. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many bytes it got. */
  get bytes(): number {
    return this.loot.reduce((sum, { length }) => sum + length, 0);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
