import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { LLMock } from '@copilotkit/aimock';
import type { StreamPart } from '../../../src/core/ports/answerStream';
import { RawServer, type RawScript } from '../../support/rawServer';
import { canaryKey, collect, patient, summary, TestClient } from './asking';
import { delta, done, event, finish, reply } from './replies';

describe('The chat client', () => {
  let servers: RawServer[] = [];
  const clients: TestClient[] = [];

  afterEach(async () => {
    for (const { client } of clients.splice(0)) await client.dispose();
    for (const server of servers) await server.stop();
    servers = [];
  });

  async function serve(script: RawScript, tls?: { key: string; cert: string }): Promise<RawServer> {
    const server = await RawServer.start(script, tls);
    servers.push(server);
    return server;
  }

  function newClient(...parameters: ConstructorParameters<typeof TestClient>): TestClient {
    const client = new TestClient(...parameters);
    clients.push(client);
    return client;
  }

  const answerHi: RawScript = async (exchange) => {
    await exchange.write(reply(delta('Hi') + finish() + done));
    exchange.end();
  };

  describe('sends a question', () => {
    it('to an ordinary gateway', async () => {
      const mock = new LLMock({ port: 0 });
      mock.onMessage('Hello?', { content: 'Hello from the mock.' });
      await mock.start();
      try {
        const answer = await newClient().answer({ baseUrl: `${mock.url}/v1` });
        equal(answer.text, 'Hello from the mock.');
        equal(summary(answer), 'completed stop');
      } finally {
        await mock.stop();
      }
    });

    it('with the parameters of the user, overridden by the extra body of the gateway', async () => {
      const server = await serve(answerHi);
      await newClient().answer(
        { baseUrl: server.baseUrl, extraBody: { top_p: 0.5, custom: true } },
        { parameters: { temperature: 0.2, top_p: 1 } },
      );
      match(server.requests[0]?.head ?? '', /^POST \/v1\/chat\/completions HTTP\/1\.1\r\n/);
      deepEqual(JSON.parse(server.requests[0]?.body ?? ''), {
        model: 'some-model',
        messages: [{ role: 'user', content: 'Hello?' }],
        stream: true,
        stream_options: { include_usage: true },
        temperature: 0.2,
        top_p: 0.5,
        custom: true,
      });
    });

    it('with the key for its origin as a bearer token', async () => {
      const server = await serve(answerHi);
      const client = newClient();
      await client.answer({ id: 'mine', baseUrl: server.baseUrl, headers: { Authorization: 'Basic x' } });
      deepEqual(client.keysRead, [`mine@${new URL(server.baseUrl).origin}`]);
      const sent = server.requests[0]?.head.match(/^authorization: .*$/gim);
      deepEqual(sent, [`authorization: Bearer ${canaryKey}`]);
    });

    it('with the key only in the header of the gateway', async () => {
      const server = await serve(answerHi);
      await newClient().answer({ baseUrl: server.baseUrl, auth: { header: 'X-Api-Key' } });
      const head = server.requests[0]?.head ?? '';
      ok(head.includes(`x-api-key: ${canaryKey}\r\n`));
      doesNotMatch(head, /authorization/i);
    });

    it('without a key if none is needed and stored, and with the headers of the user', async () => {
      const server = await serve(answerHi);
      await newClient(() => Promise.resolve(undefined)).answer({
        baseUrl: server.baseUrl,
        auth: 'none',
        headers: { 'X-Team': 'blue', Host: 'evil' },
      });
      const head = server.requests[0]?.head ?? '';
      match(head, /\r\nx-team: blue\r\n/);
      doesNotMatch(head, /authorization|evil/i);
    });

    it('with a stored key even if none is needed, unless the user sets the header', async () => {
      const server = await serve(answerHi);
      const client = newClient();
      await client.answer({ id: 'local', baseUrl: server.baseUrl, auth: 'none' });
      deepEqual(client.keysRead, [`local@${new URL(server.baseUrl).origin}`]);
      ok((server.requests[0]?.head ?? '').includes(`authorization: Bearer ${canaryKey}\r\n`));
      await client.answer({ baseUrl: server.baseUrl, auth: 'none', headers: { Authorization: 'Basic x' } });
      match(server.requests[1]?.head ?? '', /^authorization: Basic x\r$/m);
    });

    it('several times over one connection', async () => {
      const body = delta('Hi') + finish() + done;
      const server = await serve((exchange) =>
        exchange.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
      );
      const client = newClient();
      for (let question = 0; question < 3; question += 1) {
        equal((await client.answer({ baseUrl: server.baseUrl })).text, 'Hi');
        // undici makes a socket available again one turn of the event loop after the end of the reply.
        await new Promise((resolve) => setImmediate(resolve));
      }
      equal(server.connections, 1);
    });
  });

  describe('sends nothing', () => {
    const reasons: Record<string, { key?: string; gateway: object; failure: string }> = {
      'without a key': { key: '', gateway: {}, failure: 'failed missing-key' },
      'with blanks for a key': { key: ' \n', gateway: {}, failure: 'failed missing-key' },
      'with a key that no header can hold': { key: 'sk-käse', gateway: {}, failure: 'failed invalid-key' },
      'with a key of several lines': { key: 'sk-a\r\nX: y', gateway: {}, failure: 'failed invalid-key' },
      'to something that is no address': { gateway: { baseUrl: 'nowhere' }, failure: 'failed invalid-url' },
      'to another scheme': { gateway: { baseUrl: 'ftp://127.0.0.1/v1' }, failure: 'failed invalid-url' },
      'with a header that is none': {
        gateway: { headers: { 'X-Bad': 'a\nb' } },
        failure: 'failed invalid-header',
      },
    };
    for (const [name, { key, gateway, failure }] of Object.entries(reasons)) {
      it(name, async () => {
        const server = await serve(answerHi);
        const client = newClient(() => Promise.resolve(key ?? canaryKey));
        equal(summary(await client.answer({ baseUrl: server.baseUrl, ...gateway })), failure);
        equal(server.connections, 0);
      });
    }

    it('if the keys cannot be read', async () => {
      const client = newClient(() => Promise.reject(new Error('keyring locked')));
      const { ending } = await client.answer({});
      equal(ending.outcome === 'failed' && ending.failure.kind, 'unexpected');
    });
  });

  it('follows no redirect with the key or the prompt', async () => {
    const other = await serve(answerHi);
    const server = await serve(async (exchange) => {
      await exchange.write(
        reply('', { status: '307 Go', headers: [`Location: ${other.baseUrl}/chat/completions`] }),
      );
      exchange.end();
    });
    const { ending } = await newClient().answer({ baseUrl: server.baseUrl });
    equal(ending.outcome === 'failed' && ending.failure.kind, 'redirect-refused');
    equal(ending.outcome === 'failed' && ending.failure.host, new URL(other.baseUrl).host);
    equal(other.connections, 0);
  });

  it('rejects an untrusted certificate', async () => {
    const server = await serve(answerHi, {
      key: readFileSync('test/fixtures/selfSigned.key.pem', 'utf8'),
      cert: readFileSync('test/fixtures/selfSigned.cert.pem', 'utf8'),
    });
    equal(summary(await newClient().answer({ baseUrl: server.baseUrl })), 'failed certificate-rejected');
    equal(server.requests.length, 0);
  });

  it('reports that nothing listens', async () => {
    const server = await RawServer.start(answerHi);
    const { baseUrl } = server;
    await server.stop();
    equal(summary(await newClient().answer({ baseUrl })), 'failed connection-refused');
  });

  it('reports an unknown host name', async () => {
    const answer = await newClient().answer({ baseUrl: 'https://no-such-host.invalid/v1' });
    equal(summary(answer), 'failed name-not-resolved');
  });

  it('reports a connection that is reset before the answer', async () => {
    const server = await serve((exchange) => {
      exchange.reset();
    });
    const answer = await newClient().answer({ baseUrl: server.baseUrl });
    equal(summary(answer), 'failed connection-reset');
    equal(answer.ending.outcome === 'failed' && answer.ending.failure.retryable, true);
    equal(server.requests.length, 1);
  });

  it('keeps the text if the connection is reset during the answer', async () => {
    const server = await serve(async (exchange) => {
      await exchange.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n`);
      const chunk = delta('Hel') + delta('lo');
      await exchange.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    });
    const stream = newClient().ask({ baseUrl: server.baseUrl });
    let text = '';
    for await (const batch of stream) {
      for (const part of batch) {
        if (part.kind === 'text') text += part.text;
        if (part.kind === 'ended') equal(summary(part), 'truncated stream-cut');
      }
      if (text === 'Hello') server.requests[0]?.reset();
    }
    equal(text, 'Hello');
  });

  describe('waits no longer than the limit', () => {
    const impatient = { connect: 0.05, firstToken: 0.05, idle: 0.05 };
    const hang: RawScript = () => undefined;
    const heartbeats = async (exchange: Parameters<RawScript>[0], first: string): Promise<void> => {
      await exchange.write(reply(first));
      const timer = setInterval(() => void exchange.write(': ping\n\n'), 5);
      await exchange.closed;
      clearInterval(timer);
    };

    it('for a connection', async () => {
      // The server never answers the TLS handshake.
      const server = await serve(hang);
      const baseUrl = server.baseUrl.replace('http:', 'https:');
      const answer = await newClient().answer({ baseUrl }, { timeouts: { ...patient, connect: 0.05 } });
      equal(summary(answer), 'failed connect-timeout');
      equal(answer.ending.outcome === 'failed' && answer.ending.failure.seconds, 0.05);
    });

    it('for the first token', async () => {
      const server = await serve(hang);
      const timeouts = { ...impatient, connect: 30 };
      equal(
        summary(await newClient().answer({ baseUrl: server.baseUrl }, { timeouts })),
        'failed first-token-timeout',
      );
      await server.requests[0]?.closed;
    });

    it('for the first token if only keep-alives arrive', async () => {
      const server = await serve((exchange) => heartbeats(exchange, ''));
      const timeouts = { ...impatient, connect: 30 };
      equal(
        summary(await newClient().answer({ baseUrl: server.baseUrl }, { timeouts })),
        'failed first-token-timeout',
      );
    });

    it('for the first token, restarted while the server reads the prompt', async () => {
      const server = await serve(async (exchange) => {
        await exchange.write(reply(''));
        for (let processed = 0; processed < 15; processed += 1) {
          await exchange.write(event({ choices: [], prompt_progress: { total: 15, processed } }));
          await pause(100);
        }
        await exchange.write(delta('Hi') + finish() + done);
        exchange.end();
      });
      const timeouts = { ...patient, firstToken: 1 };
      const answer = await newClient().answer({ baseUrl: server.baseUrl }, { timeouts });
      deepEqual([summary(answer), answer.text], ['completed stop', 'Hi']);
    });

    it('for the first token, where an unknown field with content also counts', async () => {
      const server = await serve(async (exchange) => {
        await exchange.write(reply(''));
        for (let place = 0; place < 15; place += 1) {
          await exchange.write(event({ choices: [{ delta: { opaque_state: `x${place}` } }] }));
          await pause(100);
        }
        await exchange.write(delta('Hi') + finish() + done);
        exchange.end();
      });
      const timeouts = { ...patient, firstToken: 1, idle: 1 };
      const answer = await newClient().answer({ baseUrl: server.baseUrl }, { timeouts });
      deepEqual([summary(answer), answer.text], ['completed stop', 'Hi']);
    });

    it('for the next token if only keep-alives arrive, and keeps the text', async () => {
      const server = await serve((exchange) => heartbeats(exchange, delta('Hi')));
      const timeouts = { ...patient, idle: 0.05 };
      const answer = await newClient().answer({ baseUrl: server.baseUrl }, { timeouts });
      equal(summary(answer), 'truncated idle-timeout');
      equal(answer.text, 'Hi');
      await server.requests[0]?.closed;
    });

    it('but without a limit for the whole answer', async () => {
      const server = await serve(async (exchange) => {
        await exchange.write(reply(''));
        for (let piece = 0; piece < 12; piece += 1) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          await exchange.write(delta('.'));
        }
        await exchange.write(finish() + done);
      });
      const timeouts = { ...patient, idle: 1 };
      const answer = await newClient().answer({ baseUrl: server.baseUrl }, { timeouts });
      equal(summary(answer), 'completed stop');
      equal(answer.text, '............');
    });
  });

  describe('cancels and closes the socket', () => {
    it('before anything is sent', async () => {
      const server = await serve(answerHi);
      const stream = newClient().ask({ baseUrl: server.baseUrl });
      stream.cancel();
      equal(summary(await collect(stream)), 'cancelled');
      equal(server.connections, 0);
    });

    it('while it waits for the key', async () => {
      let reading: (() => void) | undefined;
      const asked = new Promise<void>((resolve) => (reading = resolve));
      const stream = newClient(() => {
        reading?.();
        return new Promise(() => undefined);
      }).ask({});
      await asked;
      stream.cancel();
      equal(summary(await collect(stream)), 'cancelled');
    });

    it('while it connects', async () => {
      const begun = Promise.withResolvers<Socket>();
      // A server that accepts the connection but never answers the TLS handshake.
      const server = createServer((socket) => {
        socket.once('data', () => {
          begun.resolve(socket);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const stream = newClient().ask({ baseUrl: `https://127.0.0.1:${port}/v1` });
      const socket = await begun.promise;
      const closed = new Promise((resolve) => socket.on('error', resolve).on('close', resolve));
      stream.cancel();
      equal(summary(await collect(stream)), 'cancelled');
      await closed;
      server.close();
    });

    it('while it waits for the answer', async () => {
      const asked = Promise.withResolvers<undefined>();
      const server = await serve(() => {
        asked.resolve(undefined);
      });
      const stream = newClient().ask({ baseUrl: server.baseUrl });
      await asked.promise;
      stream.cancel();
      equal(summary(await collect(stream)), 'cancelled');
      await server.requests[0]?.closed;
    });

    it('during the answer, and keeps the text', async () => {
      const server = await serve((exchange) => exchange.write(reply(delta('Hi'))));
      const stream = newClient().ask({ baseUrl: server.baseUrl });
      const batches = [];
      for await (const batch of stream) {
        batches.push(...batch);
        stream.cancel();
      }
      deepEqual(batches, [
        { kind: 'text', text: 'Hi' },
        { kind: 'ended', ending: { outcome: 'cancelled' } },
      ]);
      await server.requests[0]?.closed;
    });

    it('when the consumer leaves its loop', async () => {
      const server = await serve((exchange) => exchange.write(reply(delta('Hi'))));
      for await (const batch of newClient().ask({ baseUrl: server.baseUrl })) {
        if (batch.length > 0) break;
      }
      await server.requests[0]?.closed;
    });

    it('when the client is disposed of', async () => {
      const asked = Promise.withResolvers<undefined>();
      const server = await serve(() => {
        asked.resolve(undefined);
      });
      const client = newClient();
      const stream = client.ask({ baseUrl: server.baseUrl });
      await asked.promise;
      await client.client.dispose();
      equal(summary(await collect(stream)), 'cancelled');
    });

    it('but does nothing after the end', async () => {
      const server = await serve(answerHi);
      const stream = newClient().ask({ baseUrl: server.baseUrl });
      const answer = await collect(stream);
      stream.cancel();
      equal(summary(answer), 'completed stop');
    });
  });

  it('stops reading while the consumer waits', async () => {
    const piece = delta('x'.repeat(1_000)).repeat(100);
    const total = 200;
    let written = 0;
    const server = await serve(async (exchange) => {
      await exchange.write(reply(''));
      for (; written < total; written += 1) await exchange.write(piece);
      await exchange.write(finish() + done);
    });
    const stream = newClient().ask({ baseUrl: server.baseUrl }, { timeouts: { ...patient, idle: 1 } });
    const iterator = stream[Symbol.asyncIterator]();
    let length = 0;
    const count = (batch: readonly StreamPart[]): void => {
      for (const part of batch) if (part.kind === 'text') length += part.text.length;
    };
    const first = await iterator.next();
    if (first.done !== true) count(first.value);
    // Much longer than the idle limit, which does not run while the consumer is slow.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    ok(written < total, 'the gateway could send everything to a consumer that takes nothing');
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      count(next.value);
      const last = next.value.at(-1);
      if (last?.kind === 'ended') equal(summary(last), 'completed stop');
    }
    equal(length, total * 100_000);
  });

  it('never shows the key, for any reply of the gateway', async () => {
    const echoes = [
      reply(JSON.stringify({ error: { message: `Wrong key ${canaryKey}` } }), { status: '401 No' }),
      reply(`key=${encodeURIComponent(canaryKey)} Bearer ${canaryKey}`, { status: '500 No' }),
      reply(delta('Hi') + `data: ${JSON.stringify({ error: canaryKey })}\n\n`),
      reply(`<title>${canaryKey}</title>`, { status: '403 No' }),
      reply(JSON.stringify({ echo: canaryKey })),
      reply('', { status: '400 No', headers: [`X-Request-Id: ${canaryKey}`] }),
      reply('', { status: '302 No', headers: [`Location: https://other.example/?key=${canaryKey}`] }),
    ];
    const server = await serve(async (exchange) => {
      await exchange.write(echoes[server.requests.length - 1] ?? '');
      exchange.end();
    });
    const client = newClient();
    for (const echo of echoes) {
      const { ending } = await client.answer({ baseUrl: server.baseUrl });
      ok(ending.outcome === 'failed' || ending.outcome === 'truncated', String(echo));
    }
    const told = JSON.stringify([client.log]);
    equal(server.requests.length, echoes.length);
    equal(client.log.length, echoes.length);
    for (const form of [canaryKey, 'canary', '0123456789']) ok(!told.includes(form), told);
  });
});
