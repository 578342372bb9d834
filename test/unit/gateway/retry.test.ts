import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Failure } from '../../../src/shared/failure/failure';
import type { Retry } from '../../../src/shared/answer/retry';
import { defaultRetryPolicy, delayBeforeRetry } from '../../../src/gateway/failures/retryPolicy';
import { wait } from '../../../src/gateway/failures/retryPolicy';
import { RawServer, type RawScript } from '../../support/rawServer';
import { canaryKey, collect, summary, TestClient, type Answer } from './asking';
import { delta, done, event, finish, reply } from './replies';

const now = Date.parse('2026-01-01T00:00:00Z');

describe('A retry', () => {
  let servers: RawServer[] = [];
  const clients: TestClient[] = [];
  let waits: number[] = [];

  afterEach(async () => {
    for (const { client } of clients.splice(0)) await client.dispose();
    for (const server of servers) await server.stop();
    servers = [];
    waits = [];
  });

  async function serve(script: RawScript): Promise<RawServer> {
    const server = await RawServer.start(script);
    servers.push(server);
    return server;
  }

  /** Sends these replies to the first requests, and "Hi" to all later ones. */
  function serveThese(...replies: readonly Uint8Array[]): Promise<RawServer> {
    let served = 0;
    return serve(async (exchange) => {
      await exchange.write(replies[served++] ?? reply(delta('Hi') + finish() + done));
      exchange.end();
    });
  }

  /** A client whose waits take no time and are the longest in their range. */
  function newClient(parts: ConstructorParameters<typeof TestClient>[1] = {}): TestClient {
    const client = new TestClient(() => Promise.resolve(canaryKey), {
      retry: defaultRetryPolicy,
      random: () => 1,
      now: () => now,
      wait: (milliseconds) => {
        waits.push(milliseconds / 1_000);
        return Promise.resolve();
      },
      ...parts,
    });
    clients.push(client);
    return client;
  }

  function retriesOf(answer: Answer): Retry[] {
    return answer.parts.flatMap((part) => (part.kind === 'retrying' ? [part.retry] : []));
  }

  for (const status of [408, 409, 429, 500, 502, 503, 504, 529]) {
    it(`is tried and reported after HTTP ${status}`, async () => {
      const server = await serveThese(reply('busy', { status: `${status} No` }));
      const answer = await newClient().answer({ baseUrl: server.baseUrl });
      deepEqual([summary(answer), answer.text], ['completed stop', 'Hi']);
      const [retry] = retriesOf(answer);
      deepEqual([retry?.attempt, retry?.until, retry?.failure.status], [2, now + 1_000, status]);
      equal(server.requests.length, 2);
      equal(server.requests[0]?.body, server.requests[1]?.body);
    });
  }

  for (const status of [400, 401, 402, 403, 404, 407, 413, 418, 422]) {
    it(`is not tried after HTTP ${status}`, async () => {
      const server = await serveThese(reply('no', { status: `${status} No` }));
      const answer = await newClient().answer({ baseUrl: server.baseUrl });
      equal(answer.ending.outcome, 'failed');
      deepEqual([server.requests.length, waits], [1, []]);
    });
  }

  it('is not tried if the balance is used up, with any status', async () => {
    const server = await serveThese(
      reply(JSON.stringify({ error: { code: 'insufficient_quota' } }), { status: '429 No' }),
    );
    equal(summary(await newClient().answer({ baseUrl: server.baseUrl })), 'failed payment-required');
    equal(server.requests.length, 1);
  });

  const hopeless: Record<string, [status: number, error: string]> = {
    'a used-up balance': [429, '余额不足，请充值'],
    'a credit balance that is too low': [400, 'Your credit balance is too low'],
    'a wrong key behind 500': [500, 'Incorrect API key provided'],
    'a model without a channel': [503, '当前分组 default 下对于模型 some-model 无可用渠道'],
    'a conversation that is too long': [500, 'the request exceeds the available context size'],
    'a refused prompt': [500, 'Your prompt was flagged by our content filter'],
    'a picture that a server does not take': [500, 'image input is not supported'],
    'a request that alone is over the limit': [429, 'Request too large: Limit 6000, Requested 9000'],
    'a limit of a day': [429, 'Rate limit reached: 50 requests per day'],
    'a wrong path behind 501': [501, 'Unknown endpoint'],
  };
  for (const [name, [status, message]] of Object.entries(hopeless)) {
    it(`is not tried after ${name}`, async () => {
      const body = JSON.stringify({ error: { message } });
      const server = await serveThese(reply(body, { status: `${status} No` }));
      equal((await newClient().answer({ baseUrl: server.baseUrl })).ending.outcome, 'failed');
      deepEqual([server.requests.length, waits], [1, []]);
    });
  }

  const asked: Record<string, [body: unknown, wait: number]> = {
    'in its words': [{ error: { message: 'Rate limit reached. Please try again in 20s.' } }, 20],
    'in Chinese': [{ error: { message: '请求过于频繁，请在 30 秒后重试' } }, 30],
    'in a field': [{ error: { message: 'slow down', retry_after: 7 } }, 7],
    'in the details': [
      [{ error: { code: 429, message: 'no', details: [{ '@type': 'x/RetryInfo', retryDelay: '43.2s' }] } }],
      44,
    ],
  };
  for (const [name, [body, seconds]] of Object.entries(asked)) {
    it(`waits as long as the gateway asks for ${name}`, async () => {
      const server = await serveThese(reply(JSON.stringify(body), { status: '429 No' }));
      equal(summary(await newClient().answer({ baseUrl: server.baseUrl })), 'completed stop');
      deepEqual(waits, [seconds]);
    });
  }

  it('prefers the wait in a header to the wait in the message', async () => {
    const body = JSON.stringify({ error: { message: 'Please try again in 20s.' } });
    const server = await serveThese(reply(body, { status: '429 No', headers: ['Retry-After: 3'] }));
    await newClient().answer({ baseUrl: server.baseUrl });
    deepEqual(waits, [3]);
  });

  it('is not tried if the gateway asks for more than a minute, in a header or in the message', async () => {
    const body = JSON.stringify({ error: { message: 'Please try again in 2h.' } });
    const server = await serveThese(reply(body, { status: '429 No' }));
    const { ending } = await newClient().answer({ baseUrl: server.baseUrl });
    equal(ending.outcome === 'failed' ? ending.failure.seconds : undefined, 7_200);
    deepEqual([server.requests.length, waits], [1, []]);
  });

  describe('while a server loads its model', () => {
    const loading = reply(
      JSON.stringify({ error: { message: 'Loading model', type: 'unavailable_error', code: 503 } }),
      { status: '503 No' },
    );
    const timeouts = { connect: 30, firstToken: 40, idle: 30 };

    it('continues for more than three requests and is reported once', async () => {
      const server = await serveThese(...Array.from({ length: 9 }, () => loading));
      const answer = await newClient().answer({ baseUrl: server.baseUrl }, { timeouts });
      deepEqual([summary(answer), answer.text, server.requests.length], ['completed stop', 'Hi', 10]);
      const told = retriesOf(answer);
      deepEqual(
        told.map(({ failure, until }) => [failure.kind, until]),
        [['model-loading', now + 40_000]],
      );
      deepEqual(new Set(waits), new Set([2]));
    });

    it('ends at the limit for the first token', async () => {
      let time = now;
      const server = await serveThese(...Array.from({ length: 99 }, () => loading));
      const client = newClient({
        now: () => time,
        wait: (milliseconds) => {
          time += milliseconds;
          return Promise.resolve();
        },
      });
      equal(summary(await client.answer({ baseUrl: server.baseUrl }, { timeouts })), 'failed model-loading');
      equal(time, now + 40_000);
      equal(server.requests.length, 21);
    });

    it('waits as long as the server asks', async () => {
      const busy = reply(JSON.stringify({ error: 'Model x is currently loading', estimated_time: 9.5 }), {
        status: '503 No',
      });
      const server = await serveThese(busy);
      equal(summary(await newClient().answer({ baseUrl: server.baseUrl }, { timeouts })), 'completed stop');
      deepEqual(waits, [10]);
    });

    it('stops at once when the user stops the answer', async () => {
      const server = await serveThese(...Array.from({ length: 99 }, () => loading));
      const client = newClient({
        wait: async (milliseconds, signal) => {
          stream.cancel();
          await wait(milliseconds, signal);
        },
      });
      const stream = client.ask({ baseUrl: server.baseUrl }, { timeouts });
      equal(summary(await collect(stream)), 'cancelled');
      equal(server.requests.length, 1);
    });

    it('still allows three retries for another failure', async () => {
      const busy = reply('busy', { status: '503 No' });
      const server = await serveThese(loading, loading, busy, busy);
      equal(summary(await newClient().answer({ baseUrl: server.baseUrl }, { timeouts })), 'completed stop');
      deepEqual(waits, [2, 2, 1, 2]);
    });
  });

  it('waits longer each time and is tried three times', async () => {
    const refusal = reply('busy', { status: '503 No' });
    const server = await serveThese(refusal, refusal, refusal, refusal);
    const answer = await newClient().answer({ baseUrl: server.baseUrl });
    equal(summary(answer), 'failed server-error');
    deepEqual(waits, [1, 2, 4]);
    deepEqual(
      retriesOf(answer).map(({ attempt }) => attempt),
      [2, 3, 4],
    );
    equal(server.requests.length, 4);
  });

  it('is tried after a temporary error with HTTP 200', async () => {
    const server = await serveThese(reply(event({ error: { message: 'slow down', code: 429 } })));
    equal(summary(await newClient().answer({ baseUrl: server.baseUrl })), 'completed stop');
  });

  it('is never tried after the first delta of the answer', async () => {
    const server = await serveThese(reply(delta('Hel') + event({ error: { code: 429, message: 'no' } })));
    const answer = await newClient().answer({ baseUrl: server.baseUrl });
    deepEqual([summary(answer), answer.text], ['truncated rate-limited', 'Hel']);
    equal(server.requests.length, 1);
  });

  const wishes: Record<string, { header: string; waits: number[]; seconds?: number }> = {
    'in seconds': { header: '7', waits: [7] },
    'in parts of a second': { header: '0.2', waits: [1] },
    'as a date': { header: 'Thu, 01 Jan 2026 00:00:42 GMT', waits: [42] },
    'as a date in the past': { header: 'Wed, 31 Dec 2025 23:59:00 GMT', waits: [0] },
    'of no seconds': { header: '0', waits: [0] },
    'of negative seconds, which means nothing': { header: '-5', waits: [1] },
    'of nonsense, which means nothing': { header: 'soon', waits: [1] },
    'of a minute': { header: '60', waits: [60] },
    'of more than a minute, which the user decides': { header: '61', waits: [], seconds: 61 },
    'of ages': { header: '99999999999', waits: [], seconds: 86_400 },
  };
  for (const [name, wish] of Object.entries(wishes)) {
    it(`follows a Retry-After ${name}`, async () => {
      const headers = [`Retry-After: ${wish.header}`];
      const server = await serveThese(reply('busy', { status: '429 No', headers }));
      const { ending } = await newClient().answer({ baseUrl: server.baseUrl });
      deepEqual(waits, wish.waits);
      equal(ending.outcome, wish.seconds === undefined ? 'completed' : 'failed');
      equal(ending.outcome === 'failed' ? ending.failure.seconds : undefined, wish.seconds);
    });
  }

  it('is tried once without a wait if the connection is reset before the answer', async () => {
    const server = await serve(async (exchange) => {
      if (server.requests.length === 1) {
        exchange.reset();
        return;
      }
      await exchange.write(reply(delta('Hi') + finish() + done));
      exchange.end();
    });
    const answer = await newClient().answer({ baseUrl: server.baseUrl });
    deepEqual([summary(answer), answer.text, waits], ['completed stop', 'Hi', [0]]);
  });

  it('is not tried after a second reset', async () => {
    const server = await serve((exchange) => {
      exchange.reset();
    });
    equal(summary(await newClient().answer({ baseUrl: server.baseUrl })), 'failed connection-reset');
    equal(server.requests.length, 2);
  });

  it('uses a new socket if all idle sockets are dead', async () => {
    const body = delta('Hi') + finish() + done;
    const stale = new Set<unknown>();
    let asleep = false;
    const opened: number[] = [];
    const server = await serve(async (exchange) => {
      // While the computer slept, the server has dropped all connections.
      if (asleep && server.connections === opened.at(-1)) {
        stale.add(exchange);
        exchange.reset();
        return;
      }
      await exchange.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
    const client = newClient();
    // Two requests at the same time need two sockets.
    await Promise.all([1, 2].map(() => client.answer({ baseUrl: server.baseUrl })));
    await new Promise((resolve) => setImmediate(resolve));
    opened.push(server.connections);
    asleep = true;
    const answer = await client.answer({ baseUrl: server.baseUrl });
    deepEqual([summary(answer), answer.text], ['completed stop', 'Hi']);
    equal(stale.size, 1);
  });

  it('ends at once when the user stops the answer', async () => {
    const server = await serveThese(reply('busy', { status: '503 No' }));
    const stream = newClient({ wait, random: () => 0.999 }).ask({ baseUrl: server.baseUrl });
    const parts = [];
    for await (const batch of stream) {
      parts.push(...batch);
      if (batch.some((part) => part.kind === 'retrying')) stream.cancel();
    }
    deepEqual(
      parts.map((part) => (part.kind === 'ended' ? summary(part) : part.kind)),
      ['retrying', 'cancelled'],
    );
    equal(server.requests.length, 1);
  });

  it('ends when the client is disposed', async () => {
    const server = await serveThese(reply('busy', { status: '503 No' }));
    const waiting = Promise.withResolvers<undefined>();
    const client = newClient({
      wait: (milliseconds, signal) => {
        waiting.resolve(undefined);
        return wait(milliseconds, signal);
      },
    });
    const answering = collect(client.ask({ baseUrl: server.baseUrl }));
    await waiting.promise;
    await client.client.dispose();
    equal(summary(await answering), 'cancelled');
  });

  it('is not tried if nothing listens or the host name is unknown', async () => {
    const server = await serve(() => undefined);
    const { baseUrl } = server;
    await server.stop();
    servers = [];
    equal(summary(await newClient().answer({ baseUrl })), 'failed connection-refused');
    equal(
      summary(await newClient().answer({ baseUrl: 'https://no-such-host.invalid/v1' })),
      'failed name-not-resolved',
    );
    deepEqual(waits, []);
  });

  it('does not show the key', async () => {
    const refusal = reply(`Wrong ${canaryKey}`, { status: '500 No' });
    const server = await serveThese(refusal, refusal, refusal, refusal);
    const client = newClient();
    const { parts } = await client.answer({ baseUrl: server.baseUrl });
    const told = JSON.stringify([parts, client.log]);
    for (const form of [canaryKey, 'canary', '0123456789']) ok(!told.includes(form), told);
  });
});

describe('The wait before a retry', () => {
  const failure: Failure = { kind: 'server-error', retryable: true, status: 503 };

  it('is within the doubled range and never above the cap', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (made, drawn) => {
        const policy = { ...defaultRetryPolicy, retries: 100 };
        const seconds = delayBeforeRetry(failure, { made, retryAfter: undefined }, policy, () => drawn);
        ok(seconds !== undefined && seconds >= 0 && seconds <= Math.min(30, 2 ** made));
      }),
    );
  });

  it('is never longer than the limit, for any wait that the gateway asks for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 86_400 }), (retryAfter) => {
        const seconds = delayBeforeRetry(failure, { made: 0, retryAfter }, defaultRetryPolicy, Math.random);
        equal(seconds, retryAfter <= 60 ? retryAfter : undefined);
      }),
    );
  });
});
