import assert from 'node:assert/strict';
import { createChatClient, type HttpChatClient } from '../../../../src/gateway/httpChatClient';
import { fetchMedia } from '../../../../src/gateway/endpoints/fetchMedia';
import { directNetwork } from '../../../../src/gateway/network/networkSettings';
import { openTransport } from '../../../../src/gateway/network/openTransport';
import { RawServer } from '../../../support/rawServer';

describe('fetchMedia', () => {
  let client: HttpChatClient;
  let server: RawServer;
  const warnings: string[] = [];
  const silent = (): void => undefined;

  beforeEach(() => {
    warnings.length = 0;
    client = createChatClient({
      keys: { read: () => Promise.resolve('sk-canary') },
      log: { info: silent, warn: (message) => warnings.push(message), error: silent },
    });
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  async function serve(head: string, body = ''): Promise<string> {
    server = await RawServer.start(async (exchange) => {
      await exchange.write(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      exchange.end();
    });
    return `${server.baseUrl}/cat.png?size=2`;
  }

  it('downloads a picture without sending a key', async () => {
    const url = await serve('HTTP/1.1 200 OK\r\nContent-Type: Image/PNG; q=1', 'PNG');
    const media = await client.fetchMedia(url);
    assert.equal(media?.mimeType, 'image/png');
    assert.equal(Buffer.from(media.bytes).toString(), 'PNG');
    const [request] = server.requests;
    assert.match(request?.head ?? '', /^GET \/v1\/cat\.png\?size=2 /);
    assert.doesNotMatch(request?.head ?? '', /canary|authorization|cookie|referer/i);
  });

  it('rejects replies that are not media, and follows no redirect', async () => {
    for (const head of [
      'HTTP/1.1 200 OK\r\nContent-Type: text/html',
      'HTTP/1.1 404 Not Found\r\nContent-Type: image/png',
      'HTTP/1.1 302 Found\r\nContent-Type: image/png\r\nLocation: /other.png',
    ]) {
      assert.equal(await client.fetchMedia(await serve(head, 'x')), undefined, head);
      assert.equal(server.requests.length, 1);
      await server.stop();
    }
    assert.equal(warnings.length, 3);
    await serve('HTTP/1.1 200 OK');
  });

  it('requests only http: and https:', async () => {
    await serve('HTTP/1.1 200 OK');
    for (const url of ['file:///etc/passwd', 'command:x', '', 'data:image/png,x']) {
      assert.equal(await client.fetchMedia(url), undefined, url);
    }
    assert.equal(server.requests.length, 0);
  });

  it('gives up if the server sends single bytes without end', async () => {
    server = await RawServer.start(async (exchange) => {
      await exchange.write('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n');
      const timer = setInterval(() => void exchange.write('x'), 10);
      await exchange.closed;
      clearInterval(timer);
    });
    const transport = openTransport({
      network: () => directNetwork,
      log: { info: silent, warn: silent, error: silent },
    });
    const problems: string[] = [];
    const limits = { size: 1_000, silence: 5_000, whole: 100 };
    const url = new URL(server.baseUrl);
    assert.equal(await fetchMedia(url, transport, (problem) => problems.push(problem), limits), undefined);
    assert.deepEqual(problems, ['it took too long']);
    await server.requests[0]?.closed;
    await transport.dispose();
  });

  it('gives up if the server does not answer', async () => {
    const url = await serve('HTTP/1.1 200 OK');
    await server.stop();
    assert.equal(await client.fetchMedia(url), undefined);
    await serve('HTTP/1.1 200 OK');
  });
});
