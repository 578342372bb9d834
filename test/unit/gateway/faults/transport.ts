import { equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { StreamPart } from '../../../../src/core/ports/answerStream';
import { directNetwork } from '../../../../src/gateway/network/networkSettings';
import { RawServer, type RawExchange } from '../../../support/rawServer';
import { answerOf, canaryKey, collect, patient, TestClient, type Answer } from '../asking';
import { delta, done, finish, reply } from '../replies';
import type { Place, TransportFault } from './fault';

const answer = reply(delta('Hi') + finish() + done);
const hi = { ending: 'completed stop', text: 'Hi' };
const soon = 0.05;

async function sendAnswer(exchange: RawExchange): Promise<void> {
  await exchange.write(answer);
  exchange.end();
}

/** Sends `first`, and then keep-alives until the connection closes. */
async function beat(exchange: RawExchange, first: string): Promise<void> {
  await exchange.write(reply(first));
  const timer = setInterval(() => void exchange.write(': ping\n\n'), 5);
  await exchange.closed;
  clearInterval(timer);
}

/** The answer of a gateway that replies to its first request with this status and then works. */
async function refuse({ serve, client }: Place, status: number, headers: string[] = []): Promise<Answer> {
  const server = await serve(async (exchange) => {
    if (server.requests.length > 1) await exchange.write(answer);
    else
      await exchange.write(reply('{"error":{"message":"the words"}}', { status: `${status} No`, headers }));
    exchange.end();
  });
  return await client.answer({ baseUrl: server.baseUrl });
}

/** Cancels the answer at this stage of the reply, and waits until the server sees the socket close. */
async function cancelAt(place: Place, until: 'asked' | 'answering' | 'finished'): Promise<Answer> {
  const asked = Promise.withResolvers<RawExchange>();
  const server = await place.serve(async (exchange) => {
    if (until !== 'asked') await exchange.write(reply(delta('Hi') + (until === 'finished' ? finish() : '')));
    asked.resolve(exchange);
  });
  const stream = place.client.ask({ baseUrl: server.baseUrl });
  const exchange = await asked.promise;
  const parts: StreamPart[] = [];
  if (until === 'asked') stream.cancel();
  for await (const batch of stream) {
    parts.push(...batch);
    stream.cancel();
  }
  await exchange.closed;
  return answerOf(parts);
}

const refusals: Record<number, { ending: string; message: RegExp }> = {
  400: { ending: 'failed bad-request', message: /rejected the request.*the words/s },
  401: { ending: 'failed unauthorized', message: /rejected the API key.*the words/s },
  402: {
    ending: 'failed payment-required',
    message: /balance with Test Gateway is used up\. Add credit.*the words/s,
  },
  403: { ending: 'failed forbidden', message: /does not allow this API key to use some-model.*the words/s },
  404: {
    ending: 'failed not-found',
    message: /has no model "some-model"\..*the words.*HTTP 404 from http:/s,
  },
  413: { ending: 'failed request-too-large', message: /too long for some-model.*the words/s },
  422: { ending: 'failed bad-request', message: /rejected the request.*the words/s },
};

/** Faults 51 to 64: the connection. */
export const transportFaults: readonly TransportFault[] = [
  {
    number: 51,
    name: 'connection refused',
    async ask({ client }: Place): Promise<Answer> {
      const server = await RawServer.start(() => undefined);
      const { baseUrl } = server;
      await server.stop();
      return await client.answer({ baseUrl });
    },
    expected: {
      ending: 'failed connection-refused',
      message: /Couldn't connect to Test Gateway\..*http:\/\/127\.0\.0\.1/s,
    },
  },
  {
    number: 51,
    name: 'no such host',
    ask: ({ client }: Place) => client.answer({ baseUrl: 'https://no-such-host.invalid/v1' }),
    expected: {
      ending: 'failed name-not-resolved',
      message: /Couldn't find the server of Test Gateway\..*no-such-host\.invalid/s,
    },
  },
  {
    number: 52,
    name: 'a self-signed certificate',
    async ask({ client, serve }: Place): Promise<Answer> {
      const server = await serve(sendAnswer, {
        key: readFileSync('test/fixtures/selfSigned.key.pem', 'utf8'),
        cert: readFileSync('test/fixtures/selfSigned.cert.pem', 'utf8'),
      });
      const given = await client.answer({ baseUrl: server.baseUrl });
      equal(server.requests.length, 0);
      return given;
    },
    expected: { ending: 'failed certificate-rejected', message: /Add its certificate authority/ },
  },
  {
    number: 53,
    name: 'a reset before the headers',
    async ask({ client, serve }: Place): Promise<Answer> {
      const server = await serve((exchange) => {
        if (server.requests.length > 1) return sendAnswer(exchange);
        exchange.reset();
        return undefined;
      });
      return await client.answer({ baseUrl: server.baseUrl });
    },
    expected: hi,
  },
  {
    number: 53,
    name: 'a reset before the headers, and another',
    async ask({ client, serve }: Place): Promise<Answer> {
      const server = await serve((exchange) => {
        exchange.reset();
      });
      const given = await client.answer({ baseUrl: server.baseUrl });
      equal(server.requests.length, 2);
      return given;
    },
    expected: { ending: 'failed connection-reset', message: /closed the connection before answering/ },
  },
  {
    number: 54,
    name: 'a reset in mid-stream',
    async ask({ client, serve }: Place): Promise<Answer> {
      const chunk = delta('Hi');
      const server = await serve((exchange) =>
        exchange.write(
          `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.length.toString(16)}\r\n${chunk}\r\n`,
        ),
      );
      const stream = client.ask({ baseUrl: server.baseUrl });
      const parts: StreamPart[] = [];
      for await (const batch of stream) {
        parts.push(...batch);
        if (batch.some((part) => part.kind === 'text')) server.requests[0]?.reset();
      }
      equal(server.requests.length, 1);
      return answerOf(parts);
    },
    expected: {
      ending: 'truncated stream-cut',
      text: 'Hi',
      message: /lost before the answer was complete/,
    },
  },
  {
    number: 55,
    name: 'a stall before the first byte',
    async ask({ client, serve }: Place): Promise<Answer> {
      const { baseUrl } = await serve(() => undefined);
      return await client.answer({ baseUrl }, { timeouts: { ...patient, firstToken: soon } });
    },
    expected: { ending: 'failed first-token-timeout', message: /sent nothing within 0\.05 seconds/ },
  },
  {
    number: 56,
    name: 'a stall in mid-stream',
    async ask({ client, serve }: Place): Promise<Answer> {
      const { baseUrl } = await serve((exchange) => exchange.write(reply(delta('Hi'))));
      return await client.answer({ baseUrl }, { timeouts: { ...patient, idle: soon } });
    },
    expected: { ending: 'truncated idle-timeout', text: 'Hi', message: /has sent nothing for 0\.05 seconds/ },
  },
  {
    number: 57,
    name: 'nothing but heartbeats',
    async ask({ client, serve }: Place): Promise<Answer> {
      const { baseUrl } = await serve((exchange) => beat(exchange, ''));
      return await client.answer({ baseUrl }, { timeouts: { ...patient, firstToken: soon } });
    },
    expected: { ending: 'failed first-token-timeout' },
  },
  {
    number: 57,
    name: 'nothing but heartbeats after some text',
    async ask({ client, serve }: Place): Promise<Answer> {
      const { baseUrl } = await serve((exchange) => beat(exchange, delta('Hi')));
      return await client.answer({ baseUrl }, { timeouts: { ...patient, idle: soon } });
    },
    expected: { ending: 'truncated idle-timeout', text: 'Hi' },
  },
  {
    number: 58,
    name: 'a slow drip, longer than any limit of a wait',
    async ask({ client, serve }: Place): Promise<Answer> {
      const { baseUrl } = await serve(async (exchange) => {
        await exchange.write(reply(''));
        for (let piece = 0; piece < 20; piece += 1) {
          await new Promise((resolve) => setTimeout(resolve, 60));
          await exchange.write(delta('.'));
        }
        await exchange.write(finish() + done);
      });
      return await client.answer({ baseUrl }, { timeouts: { ...patient, firstToken: 1, idle: 1 } });
    },
    expected: { ending: 'completed stop', text: '.'.repeat(20) },
  },
  ...[301, 302, 303, 307, 308].map((status): TransportFault => ({
    number: 59,
    name: `a redirect to another origin (${status})`,
    async ask(place: Place): Promise<Answer> {
      const other = await place.serve(sendAnswer);
      const given = await refuse(place, status, [`Location: ${other.baseUrl}/chat/completions`]);
      equal(other.connections, 0);
      return given;
    },
    expected: {
      ending: 'failed redirect-refused',
      message: /redirected the request to 127\.0\.0\.1:\d+\. Parley sent neither/,
    },
  })),
  ...Object.entries(refusals).map(([status, expected]): TransportFault => ({
    number: 60,
    name: `HTTP ${status}`,
    async ask(place: Place): Promise<Answer> {
      const given = await refuse(place, Number(status));
      ok(given.parts.every((part) => part.kind !== 'retrying'));
      return given;
    },
    expected,
  })),
  ...[408, 409, 429, 500, 502, 503, 504, 529].map((status): TransportFault => ({
    number: 61,
    name: `HTTP ${status}, once`,
    async ask(place: Place): Promise<Answer> {
      const given = await refuse(place, status, ['Retry-After: 2']);
      equal(given.parts.filter((part) => part.kind === 'retrying').length, 1);
      return given;
    },
    expected: hi,
  })),
  {
    number: 61,
    name: 'HTTP 429 with a huge Retry-After',
    ask: (place: Place) => refuse(place, 429, ['Retry-After: 3600']),
    expected: { ending: 'failed rate-limited', message: /Try again in 3600 s/ },
  },
  {
    number: 62,
    name: 'a proxy that wants a password (407)',
    async ask({ serve }: Place): Promise<Answer> {
      const proxy = await serve(async (exchange) => {
        await exchange.write(
          reply('', { status: '407 No', headers: ['Proxy-Authenticate: Basic realm="x"'] }),
        );
        exchange.end();
      });
      const forHttp = proxy.baseUrl.replace('/v1', '');
      const client = new TestClient(() => Promise.resolve(canaryKey), {
        network: () => ({
          ...directNetwork,
          proxy: { forHttp },
          clearTextOrigins: ['http://gateway.example'],
        }),
      });
      try {
        const given = await client.answer({ baseUrl: 'http://gateway.example/v1' });
        equal(proxy.requests.length, 1);
        return given;
      } finally {
        await client.client.dispose();
      }
    },
    expected: {
      ending: 'failed proxy-authentication-required',
      message: /The proxy 127\.0\.0\.1:\d+ requires a user name and password/,
    },
  },
  {
    number: 63,
    name: 'cancelled before anything is sent',
    async ask({ client, serve }: Place): Promise<Answer> {
      const server = await serve(sendAnswer);
      const stream = client.ask({ baseUrl: server.baseUrl });
      stream.cancel();
      const given = await collect(stream);
      equal(server.connections, 0);
      return given;
    },
    expected: { ending: 'cancelled' },
  },
  {
    number: 63,
    name: 'cancelled while waiting for the answer',
    ask: (place: Place) => cancelAt(place, 'asked'),
    expected: { ending: 'cancelled' },
  },
  {
    number: 63,
    name: 'cancelled in mid-answer',
    ask: (place: Place) => cancelAt(place, 'answering'),
    expected: { ending: 'cancelled', text: 'Hi' },
  },
  {
    number: 63,
    name: 'cancelled between the finish reason and the end',
    ask: (place: Place) => cancelAt(place, 'finished'),
    expected: { ending: 'cancelled', text: 'Hi' },
  },
  {
    number: 64,
    name: 'a keep-alive socket that went stale in the sleep',
    async ask({ client, serve }: Place): Promise<Answer> {
      const body = delta('Hi') + finish() + done;
      const server = await serve(async (exchange) => {
        if (server.requests.length === 2) exchange.reset();
        else await exchange.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      });
      await client.answer({ baseUrl: server.baseUrl });
      // undici makes a socket available again one turn of the event loop after the end of the reply.
      await new Promise((resolve) => setImmediate(resolve));
      const given = await client.answer({ baseUrl: server.baseUrl });
      equal(server.connections, 2);
      ok(!JSON.stringify(given.parts).includes(canaryKey));
      return given;
    },
    expected: hi,
  },
];
