import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EmbeddingReply } from '../../../../src/core/ports/embedder';
import { gatewayWith, patient, TestClient } from '../asking';

interface Sent {
  readonly input: readonly string[];
  readonly encoding_format?: string;
}

type Responder = (body: Sent, response: ServerResponse, request: number) => void;

function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A vector that tells which text it belongs to. */
function vectorOf(text: string): number[] {
  return [text.length, 1, 0.5];
}

function listOf(texts: readonly string[]): { index: number; embedding: number[] | string }[] {
  return texts.map((text, index) => ({ index, embedding: vectorOf(text) }));
}

function base64(numbers: readonly number[]): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeFloatLE(number, index * 4);
  return bytes.toString('base64');
}

const texts = Array.from({ length: 40 }, (_, index) => 'x'.repeat(index + 1));

describe('embed', () => {
  let server: Server;
  let sent: Sent[];
  let running: number;
  let mostRunning: number;
  let waits: number[];
  let respond: Responder;
  let client: TestClient;

  beforeEach(async () => {
    sent = [];
    waits = [];
    running = 0;
    mostRunning = 0;
    client = new TestClient(undefined, {
      wait: (milliseconds) => {
        waits.push(milliseconds);
        return Promise.resolve();
      },
    });
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      response.on('close', () => (running -= 1));
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(pieces).toString()) as Sent;
        sent.push(body);
        respond(body, response, sent.length);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await client.client.dispose();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function embed(
    input: readonly string[] = texts,
    signal = new AbortController().signal,
  ): Promise<EmbeddingReply> {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const gateway = gatewayWith({ baseUrl });
    return await client.client.embed({
      gateway,
      modelId: 'some-embed',
      texts: input,
      timeouts: patient,
      signal,
    });
  }

  async function failureKind(body: unknown, status = 200): Promise<string> {
    respond = (_, response) => {
      json(response, body, status);
    };
    const reply = await embed(['one', 'three']);
    return reply.kind === 'failed' ? reply.failure.kind : reply.kind;
  }

  function firstCoordinates(reply: EmbeddingReply): number[] {
    return reply.kind === 'embedded' ? reply.vectors.map((vector) => vector[0] ?? Number.NaN) : [];
  }

  it('asks for floats in batches of 16, two at a time, and adds up the usage', async () => {
    respond = ({ input }, response) => {
      setImmediate(() => {
        json(response, { data: listOf(input), usage: { prompt_tokens: 5, total_tokens: 5 } });
      });
    };
    const reply = await embed();
    deepStrictEqual(
      firstCoordinates(reply),
      texts.map(({ length }) => length),
    );
    strictEqual(reply.kind === 'embedded' && reply.tokens, 15);
    deepStrictEqual(sent.map(({ input, encoding_format: format }) => [input.length, format]).sort(), [
      [16, 'float'],
      [16, 'float'],
      [8, 'float'],
    ]);
    ok(mostRunning <= 2);
  });

  const forms: readonly (readonly [name: string, reply: (input: readonly string[]) => unknown])[] = [
    ['numbers', (input) => ({ data: listOf(input) })],
    ['numbers in the wrong order', (input) => ({ data: listOf(input).reverse() })],
    [
      'base64',
      (input) => ({ data: input.map((text, index) => ({ index, embedding: base64(vectorOf(text)) })) }),
    ],
    ['no indexes', (input) => ({ data: input.map((text) => ({ embedding: vectorOf(text) })) })],
    ['an envelope', (input) => ({ code: 200, data: { object: 'list', data: listOf(input) } })],
    [
      'one vector of zeros',
      (input) => ({
        data: [...listOf(input.slice(0, -1)), { index: input.length - 1, embedding: [0, 0, 0] }],
      }),
    ],
  ];
  for (const [name, form] of forms) {
    it(`reads ${name}`, async () => {
      respond = ({ input }, response) => {
        json(response, form(input));
      };
      const wanted = name.includes('zeros') ? [1, 2, 0] : [1, 2, 3];
      deepStrictEqual(firstCoordinates(await embed(texts.slice(0, 3))), wanted);
    });
  }

  const faults: readonly (readonly [name: string, body: unknown, kind: string])[] = [
    ['a missing vector', { data: [{ index: 0, embedding: [1, 2] }] }, 'malformed-reply'],
    [
      'an index twice',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [2] },
        ],
      },
      'malformed-reply',
    ],
    [
      'two widths',
      {
        data: [
          { index: 0, embedding: [1, 2] },
          { index: 1, embedding: [1] },
        ],
      },
      'malformed-reply',
    ],
    [
      'null instead of NaN',
      {
        data: [
          { index: 0, embedding: [1, null] },
          { index: 1, embedding: [1, 2] },
        ],
      },
      'malformed-reply',
    ],
    [
      'NaN in base64',
      {
        data: [
          { index: 0, embedding: base64([1, Number.NaN]) },
          { index: 1, embedding: [1, 2] },
        ],
      },
      'malformed-reply',
    ],
    [
      'a cut base64',
      {
        data: [
          { index: 0, embedding: 'AACAPwA=' },
          { index: 1, embedding: [1, 2] },
        ],
      },
      'malformed-reply',
    ],
    [
      'empty vectors',
      {
        data: [
          { index: 0, embedding: [] },
          { index: 1, embedding: [] },
        ],
      },
      'malformed-reply',
    ],
    [
      'only zeros',
      {
        data: [
          { index: 0, embedding: [0, 0] },
          { index: 1, embedding: [0, 0] },
        ],
      },
      'malformed-reply',
    ],
    [
      'an error with status 200',
      { error: { message: 'Quota exceeded', code: 'insufficient_quota' } },
      'payment-required',
    ],
    ['another object', { hello: 'there' }, 'malformed-reply'],
  ];
  for (const [name, body, kind] of faults) {
    it(`fails for ${name}`, async () => {
      strictEqual(await failureKind(body), kind);
      strictEqual(sent.length, 1);
    });
  }

  it('fails if two replies have vectors of different widths', async () => {
    respond = ({ input }, response, request) => {
      json(response, { data: input.map((_, index) => ({ index, embedding: request === 1 ? [1, 2] : [1] })) });
    };
    const reply = await embed();
    strictEqual(reply.kind === 'failed' && reply.failure.kind, 'malformed-reply');
  });

  for (const status of [400, 413, 422]) {
    it(`halves the batches after status ${status}, and remembers that`, async () => {
      respond = ({ input }, response) => {
        if (input.length > 5) json(response, { error: { message: 'batch size is too large' } }, status);
        else json(response, { data: listOf(input) });
      };
      deepStrictEqual(
        firstCoordinates(await embed()),
        texts.map(({ length }) => length),
      );
      const before = sent.length;
      deepStrictEqual(
        firstCoordinates(await embed()),
        texts.map(({ length }) => length),
      );
      ok(sent.slice(before).every(({ input }) => input.length <= 4));
    });
  }

  it('shortens a text that the model refuses as too long', async () => {
    respond = ({ input }, response) => {
      const isLong = input.some(({ length }) => length > 600);
      if (isLong)
        json(
          response,
          { error: { message: 'Input is too long: maximum context length is 512 tokens' } },
          413,
        );
      else json(response, { data: listOf(input) });
    };
    deepStrictEqual(firstCoordinates(await embed(['x'.repeat(2_000), 'y'])), [500, 1]);
  });

  it('leaves out encoding_format where it is refused', async () => {
    respond = ({ input, encoding_format: format }, response) => {
      if (format !== undefined)
        json(response, { error: { message: 'Unknown parameter: encoding_format' } }, 400);
      else json(response, { data: listOf(input) });
    };
    deepStrictEqual(firstCoordinates(await embed(['a'])), [1]);
    await embed(['b']);
    deepStrictEqual(
      sent.map(({ encoding_format: format }) => format),
      ['float', undefined, undefined],
    );
  });

  it('waits as long as a rate limit asks for', async () => {
    respond = ({ input }, response, request) => {
      if (request === 1)
        json(response, { error: { message: 'Too many requests' } }, 429, { 'retry-after': '7' });
      else json(response, { data: listOf(input) });
    };
    deepStrictEqual(firstCoordinates(await embed(['a'])), [1]);
    deepStrictEqual(waits, [7_000]);
  });

  it('gives up on a rate limit that lasts', async () => {
    const body = { error: { message: 'Too many requests' } };
    strictEqual(await failureKind(body, 429), 'rate-limited');
    strictEqual(sent.length, 6);
  });

  for (const [status, kind] of [
    [401, 'unauthorized'],
    [404, 'not-found'],
    [500, 'server-error'],
  ] as const) {
    it(`sends nothing again after status ${status}`, async () => {
      strictEqual(await failureKind({ error: { message: 'No.' } }, status), kind);
      strictEqual(sent.length, 1);
    });
  }

  it('sends nothing again after a lost connection', async () => {
    respond = (_, response) => response.destroy();
    const reply = await embed(['a']);
    strictEqual(reply.kind === 'failed' && reply.failure.kind, 'connection-reset');
    strictEqual(sent.length, 1);
  });

  it('closes its requests when it is cancelled', async () => {
    const abort = new AbortController();
    const closed = new Promise<void>((resolve) => {
      respond = (_, response) => {
        response.on('close', resolve);
        abort.abort();
      };
    });
    strictEqual((await embed(texts, abort.signal)).kind, 'cancelled');
    await closed;
    ok(sent.length <= 2);
  });

  it('waits for the requests that were sent before it was cancelled, and returns their vectors', async () => {
    const abort = new AbortController();
    let grace: (() => void) | undefined;
    const patientClient = new TestClient(undefined, {
      wait: () =>
        new Promise((resolve) => {
          grace = resolve;
        }),
    });
    const answers: (() => void)[] = [];
    respond = ({ input }, response) => {
      answers.push(() => {
        json(response, { data: listOf(input) });
      });
      if (answers.length < 2) return;
      abort.abort();
      for (const answer of answers) answer();
    };
    const reply = await patientClient.client.embed({
      gateway: gatewayWith({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }),
      modelId: 'm',
      texts,
      timeouts: patient,
      signal: abort.signal,
    });
    grace?.();
    await patientClient.client.dispose();
    strictEqual(reply.kind, 'cancelled');
    const { received } = reply;
    strictEqual(sent.length, 2);
    deepStrictEqual(
      new Map([...received].map(([at, vector]) => [at, vector[0]])),
      new Map(sent.flatMap(({ input }) => input).map((text) => [text.length - 1, text.length])),
    );
  });

  it('returns the vectors that came before a failure', async () => {
    respond = ({ input }, response, request) => {
      if (request > 2) json(response, { error: { message: 'No credit.' } }, 402);
      else json(response, { data: listOf(input) });
    };
    const reply = await embed(texts);
    ok(reply.kind === 'failed');
    deepStrictEqual(
      [...reply.received.keys()].toSorted((one, other) => one - other),
      sent
        .slice(0, 2)
        .flatMap(({ input }) => input.map((text) => text.length - 1))
        .toSorted((one, other) => one - other),
    );
  });
});
