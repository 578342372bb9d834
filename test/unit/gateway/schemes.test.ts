import { deepEqual, equal } from 'node:assert/strict';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { directNetwork } from '../../../src/gateway/network/networkSettings';
import { explainFailure } from '../../../src/shared/failure/explainFailure';
import { createTranslate } from '../../../src/shared/kit/translate';
import { serverCertificate } from '../../support/certificates';
import { ProxyServer } from '../../support/proxyServer';
import { RawServer } from '../../support/rawServer';
import { gatewayWith, patient, summary, TestClient } from './asking';
import { delta, done, finish, reply } from './replies';

const body = delta('Hi') + finish() + done;
const certificate = serverCertificate;

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

describe('An address with the wrong scheme', () => {
  const clients: TestClient[] = [];
  const servers: { close(): void; closeAllConnections?(): void }[] = [];
  const raws: RawServer[] = [];

  afterEach(async () => {
    for (const { client } of clients.splice(0)) await client.dispose();
    for (const server of raws.splice(0)) await server.stop();
    for (const server of servers.splice(0)) {
      server.closeAllConnections?.();
      server.close();
    }
  });

  function client(): TestClient {
    const made = new TestClient(undefined, {
      network: () => ({ ...directNetwork, strictTls: false }),
    });
    clients.push(made);
    return made;
  }

  async function explained(baseUrl: string): Promise<readonly [string, string, string]> {
    const { ending } = await client().answer({ baseUrl });
    if (ending.outcome !== 'failed') throw new Error('It did not fail.');
    const { sentence, action } = explainFailure(ending.failure, createTranslate({}));
    return [ending.failure.kind, sentence, action];
  }

  const speaksHttp = [
    'wrong-scheme',
    'Test Gateway uses http, but its base URL starts with https://.',
    'manage-gateways',
  ];
  const speaksHttps = [
    'wrong-scheme',
    'Test Gateway uses https, but its base URL starts with http://.',
    'manage-gateways',
  ];

  it('is reported if the server at an https address uses http', async () => {
    const server = createHttpServer((_request, response) => response.end());
    servers.push(server);
    deepEqual(await explained(`https://127.0.0.1:${await listen(server)}/v1`), speaksHttp);
  });

  /** Replies of HTTP servers to a TLS handshake. */
  const answersToTls: Record<string, string> = {
    'nginx, with a page':
      'HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n<html><title>400 Bad Request</title></html>',
    'uvicorn, with a line':
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nInvalid HTTP request received.',
    'HTTP/1.0': 'HTTP/1.0 400 Bad request\r\n\r\n',
    'a body alone': '<html><body>Bad Request</body></html>',
    JSON: '{"error":"bad request"}',
    'another protocol': 'SSH-2.0-OpenSSH_9.6\r\n',
  };
  for (const [title, answer] of Object.entries(answersToTls)) {
    it(`is reported for each way to reject TLS: ${title}`, async () => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(answer));
      });
      servers.push(server);
      deepEqual(await explained(`https://127.0.0.1:${await listen(server)}/v1`), speaksHttp);
    });
  }

  it('is reported for a list of models', async () => {
    const server = createHttpServer((_request, response) => response.end());
    servers.push(server);
    const gateway = gatewayWith({ baseUrl: `https://127.0.0.1:${await listen(server)}/v1` });
    equal((await client().client.listModels(gateway, patient)).failure?.kind, 'wrong-scheme');
  });

  /** Replies of HTTPS servers to a request without TLS. */
  const answersToClearText: Record<string, string | Uint8Array> = {
    nginx: reply(
      '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>',
      { status: '400 Bad Request', headers: ['Content-Type: text/html'] },
    ),
    Go: reply('Client sent an HTTP request to an HTTPS server.\n', {
      status: '400 Bad Request',
      headers: ['Content-Type: text/plain'],
    }),
    Apache: reply("<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br /></p>", {
      status: '400 Bad Request',
      headers: ['Content-Type: text/html'],
    }),
    Tomcat: reply('Bad Request\r\nThis combination of host and port requires TLS.\r\n', {
      status: '400 ',
      headers: ['Content-Type: text/plain'],
    }),
    openresty: reply('<center>The plain HTTP request was sent to HTTPS port</center>', {
      status: '497 ',
      headers: ['Content-Type: text/html'],
    }),
    'an alert of TLS 1.0': '\x15\x03\x01\x00\x02\x02\x0a',
    'an alert of TLS 1.2': '\x15\x03\x03\x00\x02\x02\x46',
    'an alert of TLS 1.3': '\x15\x03\x03\x00\x02\x02\x32',
  };
  for (const [title, answer] of Object.entries(answersToClearText)) {
    it(`is reported if the server at an http address uses https: ${title}`, async () => {
      const server = await RawServer.start(async (exchange) => {
        await exchange.write(typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer);
        exchange.end();
      });
      raws.push(server);
      deepEqual(await explained(server.baseUrl), speaksHttps);
    });
  }

  const others: Record<string, string | Uint8Array> = {
    'bad-request': reply('{"error":{"message":"The HTTP request body is not valid."}}', {
      status: '400 Bad Request',
    }),
    'server-error': reply('An upstream plain HTTP request was sent to HTTPS port', {
      status: '502 Bad Gateway',
    }),
    unauthorized: reply('{"error":{"message":"No HTTP key sent"}}', { status: '401 No' }),
  };
  for (const [kind, answer] of Object.entries(others)) {
    it(`is not reported for other refusals: ${kind}`, async () => {
      const server = await RawServer.start(async (exchange) => {
        await exchange.write(answer);
        exchange.end();
      });
      raws.push(server);
      equal((await explained(server.baseUrl))[0], kind);
    });
  }

  it('is not reported if the scheme is right', async () => {
    const server = createHttpsServer(certificate, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(body);
    });
    servers.push(server);
    const answer = await client().answer({ baseUrl: `https://127.0.0.1:${await listen(server)}/v1` });
    equal(summary(answer), 'completed stop');
  });

  it('is reported for a proxy', async () => {
    const proxy = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    servers.push(proxy);
    const host = `127.0.0.1:${await listen(proxy)}`;
    const made = new TestClient(undefined, {
      network: () => ({ ...directNetwork, proxy: { forHttps: `https://${host}` } }),
    });
    clients.push(made);
    const { ending } = await made.answer({ baseUrl: 'https://gateway.test/v1' });
    if (ending.outcome !== 'failed') throw new Error('It did not fail.');
    const { sentence, action } = explainFailure(ending.failure, createTranslate({}));
    deepEqual([sentence, action], [`The proxy ${host} uses http, not https.`, 'open-proxy-settings']);
  });
});

describe('A gateway with HTTP/2 only', () => {
  let server: Http2SecureServer;
  let port: number;
  let client: TestClient;
  let hang = false;
  let cancelled: Promise<void> | undefined;
  let connections = 0;
  const asked: string[] = [];

  before(async () => {
    server = createSecureServer({ ...certificate, allowHTTP1: false });
    server.on('secureConnection', () => (connections += 1));
    server.on('sessionError', () => undefined);
    server.on('stream', (stream, headers) => {
      let text = '';
      stream.on('error', () => undefined);
      cancelled = new Promise((resolve) => stream.on('close', resolve));
      stream.on('data', (bytes: Buffer) => (text += bytes.toString()));
      stream.on('end', () => {
        asked.push(`${headers[':method'] ?? ''} ${headers[':path'] ?? ''} ${text.length > 0}`);
        if (headers[':path'] === '/v1/models') {
          stream.respond({ ':status': 200, 'content-type': 'application/json' });
          stream.end('{"data":[{"id":"two"}]}');
          return;
        }
        stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
        if (hang) stream.write(delta('Hi'));
        else stream.end(body);
      });
    });
    port = await listen(server);
  });
  beforeEach(() => {
    hang = false;
    asked.length = 0;
    client = new TestClient(undefined, {
      network: () => ({ ...directNetwork, strictTls: false }),
    });
  });
  afterEach(async () => {
    await client.client.dispose();
  });
  after(() => {
    server.close();
  });

  it('gets a question once', async () => {
    const answer = await client.answer({ baseUrl: `https://127.0.0.1:${port}/v1` });
    deepEqual([answer.text, summary(answer)], ['Hi', 'completed stop']);
    deepEqual(asked, ['POST /v1/chat/completions true']);
  });

  it('lists its models', async () => {
    const gateway = gatewayWith({ baseUrl: `https://127.0.0.1:${port}/v1` });
    deepEqual(await client.client.listModels(gateway, patient), { models: [{ id: 'two' }] });
  });

  it('answers several questions at once', async () => {
    const baseUrl = `https://127.0.0.1:${port}/v1`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.answer({ baseUrl })));
    deepEqual(
      answers.map(({ text }) => text),
      Array.from({ length: 5 }, () => 'Hi'),
    );
    equal(asked.length, 5);
  });

  it('gets the second question directly with HTTP/2', async () => {
    const baseUrl = `https://127.0.0.1:${port}/v1`;
    await client.answer({ baseUrl });
    const before = connections;
    await client.answer({ baseUrl });
    equal(connections - before <= 1, true);
  });

  it('sees at once that the user stops the answer', async () => {
    hang = true;
    const stream = client.ask({ baseUrl: `https://127.0.0.1:${port}/v1` });
    for await (const batch of stream) {
      if (batch.some((part) => part.kind === 'text')) stream.cancel();
    }
    await cancelled;
  });

  it('is reached through a proxy', async () => {
    const proxy = await ProxyServer.start({ routes: { 'gateway.test:443': port } });
    const through = new TestClient(undefined, {
      network: () => ({ ...directNetwork, strictTls: false, proxy: { forHttps: `http://${proxy.host}` } }),
    });
    try {
      equal((await through.answer({ baseUrl: 'https://gateway.test/v1' })).text, 'Hi');
    } finally {
      await through.client.dispose();
      await proxy.stop();
    }
  });
});

describe('A gateway with an IPv6 address', () => {
  it('gets a question', async () => {
    const hosts: string[] = [];
    const server = createHttpServer((request, response) => {
      hosts.push(request.headers.host ?? '');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(body);
    });
    const port = await listen(server, '::1');
    const client = new TestClient();
    try {
      const answer = await client.answer({ baseUrl: `http://[::1]:${port}/v1` });
      deepEqual([answer.text, summary(answer)], ['Hi', 'completed stop']);
      deepEqual(hosts, [`[::1]:${port}`]);
      deepEqual(client.keysRead, [`test@http://[::1]:${port}`]);
    } finally {
      await client.client.dispose();
      server.closeAllConnections();
      server.close();
    }
  });
});
