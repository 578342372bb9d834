import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bait } from './inputs/vector';

/** A server on loopback that nothing should ever ask: each of its hits is a request that left. */
export class Beacon {
  /** Connections, and paths that were asked for, oldest first. */
  readonly hits: string[] = [];

  private constructor(private readonly server: Server) {
    server.on('connection', () => {
      this.hits.push('a connection');
    });
    server.on('request', (request, response) => {
      this.hits.push(request.url ?? '');
      response.setHeader('content-type', 'text/html');
      response.setHeader('access-control-allow-origin', '*');
      response.end(this.page);
    });
  }

  /** What is answered, as a page. */
  page = '';

  /** Listens on a free port of loopback. */
  static async start(): Promise<Beacon> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Beacon(server);
  }

  /** Its host and port. */
  get host(): string {
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** What the input with this number would do if it could. */
  baitOf(number: number): Bait {
    return {
      script: `hostileScriptRan(${String(number)})`,
      url: `http://${this.host}/hit/${String(number)}`,
      host: this.host,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
