import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundleWebview, type WebviewFiles } from './bundleWebview';

const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

/** Serves the real bundle on loopback, and pages around it. One for all tests of a process, which it does not keep alive. */
export class PanelServer {
  private static instance: Promise<PanelServer> | undefined;
  private readonly pages = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    private readonly files: WebviewFiles,
  ) {
    server.on('request', ({ url = '/' }, response) => {
      const name = url.slice(1);
      const page = this.pages.get(name);
      const body = page ?? this.files.get(name);
      const type = page === undefined ? types[name.split('.').at(-1) ?? ''] : 'text/html';
      response.writeHead(body === undefined ? 404 : 200, {
        ...(type !== undefined && { 'content-type': type }),
        'cache-control': page === undefined ? 'max-age=3600, immutable' : 'no-store',
      });
      response.end(body);
    });
  }

  static shared(): Promise<PanelServer> {
    PanelServer.instance ??= PanelServer.start();
    return PanelServer.instance;
  }

  private static async start(): Promise<PanelServer> {
    const files = await bundleWebview();
    const server = createServer();
    server.on('connection', (socket) => socket.unref());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return new PanelServer(server, files);
  }

  /** Such as `http://127.0.0.1:40000`. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Makes a page there is to be seen, and returns its URL. It stands beside the files of the bundle. */
  publish(html: string): string {
    const name = `page-${this.pages.size + 1}.html`;
    this.pages.set(name, html);
    return `${this.origin}/${name}`;
  }
}
