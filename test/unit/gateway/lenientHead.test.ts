import { deepEqual, equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import { repairHead } from '../../../src/gateway/network/repairHead';
import { RawServer } from '../../support/rawServer';
import { gatewayWith, patient, summary, TestClient } from './asking';
import { delta, done, finish } from './replies';

const body = delta('Hi') + finish() + done;
const size = String(Buffer.byteLength(body));
const chunked = `${Number(size).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
/** The same body in chunks of 9 characters, with sizes that end with LF alone. */
const chunkedByLf = `${(body.match(/[^]{1,9}/g) ?? [])
  .map((data) => `${data.length.toString(16)}\n${data}\n`)
  .join('')}0\n\n`;
const type = 'Content-Type: text/event-stream\r\n';

function head(...lines: string[]): string {
  return `HTTP/1.1 200 OK\r\n${type}${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
}

/** Faulty heads that curl 8 and browsers accept. Each character is one byte. */
const replies: Record<string, string> = {
  'a length beside chunks': head(`Content-Length: ${size}`, 'Transfer-Encoding: chunked') + chunked,
  'chunks beside a length': head('Transfer-Encoding: chunked', `Content-Length: ${size}`) + chunked,
  'a wrong length beside chunks': head('Content-Length: 7', 'Transfer-Encoding: Chunked') + chunked,
  'two lengths beside chunks':
    head('content-length: 1', 'content-length: 2', 'transfer-encoding: chunked') + chunked,
  'an empty length beside chunks': head('Content-Length:', 'Transfer-Encoding: chunked') + chunked,
  'the same length twice': head(`Content-Length: ${size}`, `Content-Length: ${size}`) + body,
  'the same length twice in one line': head(`Content-Length: ${size}, ${size}`) + body,
  'a length with a plus': head(`Content-Length: +${size}`) + body,
  'an empty length': head('Content-Length: ') + body,
  'lines that end with LF': `HTTP/1.1 200 OK\n${type.replace('\r', '')}\n${body}`,
  'an empty line of LF': `HTTP/1.1 200 OK\r\n${type}\n${body}`,
  'a control character in a value': head('X-Note: a\x01b') + body,
  'a blank in a name': head('X Note: a') + body,
  'a blank before a colon': head('X-Note : a') + body,
  'a line without a name': head(': a') + body,
  'a folded line': head('X-Note: a\r\n  b') + body,
  'a folded type': `HTTP/1.1 200 OK\r\nContent-Type:\r\n text/event-stream\r\n\r\n${body}`,
  'a name of the protocol in small letters': `http/1.1 200 OK\r\n${type}\r\n${body}`,
  'two blanks before the status': `HTTP/1.1  200  OK\r\n${type}\r\n${body}`,
  'no reason': `HTTP/1.1 200\r\n${type}\r\n${body}`,
  'bytes of UTF-8': head('X-Note: \xe4\xbd\xa0') + body,
  'a head of 30,000 bytes': head(`X-Note: ${'a'.repeat(30_000)}`) + body,
  '100 Continue before the head': `HTTP/1.1 100 Continue\r\n\r\n${head()}${body}`,
  '100 Continue with a header': `HTTP/1.1 100 Continue\r\nServer: a\r\n\r\n${head()}${body}`,
  '103 before a head to repair': `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${head('X Note: a')}${body}`,
  'a content encoding of none': head('Content-Encoding: none') + body,
  'a charset as content encoding': head('Content-Encoding: utf-8') + body,
  'a content encoding that was undone on the way': head('Content-Encoding: gzip') + body,
  'one chunk whose size ends with LF':
    head('Transfer-Encoding: chunked') + `${Number(size).toString(16)}\n${body}\n0\n\n`,
  'many chunks whose sizes end with LF': head('Transfer-Encoding: chunked') + chunkedByLf,
  'a head and chunks that end their lines with LF': `HTTP/1.1 200 OK\n${type.replace('\r', '')}Transfer-Encoding: chunked\n\n${chunkedByLf}`,
  'a length beside chunks whose sizes end with LF':
    head('Content-Length: 7', 'Transfer-Encoding: chunked') + chunkedByLf,
  'trailers after chunks whose sizes end with LF':
    head('Transfer-Encoding: chunked', 'Trailer: X-Sum') + chunkedByLf.replace(/\n\n$/, '\nX-Sum: 1\n\n'),
  'HTTP/1.0': `HTTP/1.0 200 OK\r\n${type}\r\n${body}`,
};

describe('A reply with', () => {
  let server: RawServer;
  let client: TestClient;
  let pieces: readonly string[] = [];

  before(async () => {
    server = await RawServer.start(async (exchange) => {
      for (const piece of pieces) {
        await exchange.write(Buffer.from(piece, 'latin1'));
        if (pieces.length > 1) await new Promise(setImmediate);
      }
      exchange.end();
    });
    client = new TestClient();
  });
  after(async () => {
    await client.client.dispose();
    await server.stop();
  });

  for (const [title, reply] of Object.entries(replies)) {
    it(`${title} is read without a second request`, async () => {
      pieces = [reply];
      const before = server.requests.length;
      const answer = await client.answer({ baseUrl: server.baseUrl });
      deepEqual([answer.text, summary(answer)], ['Hi', 'completed stop']);
      equal(server.requests.length, before + 1);
    });
  }

  it('any of these faults is read at every split of its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.values(replies).filter(({ length }) => length < 1_000)),
        fc.array(fc.nat(400), { maxLength: 6 }),
        async (reply, cuts) => {
          const places = [0, ...cuts.filter((cut) => cut < reply.length).toSorted((a, b) => a - b)];
          pieces = places.map((place, index) => reply.slice(place, places[index + 1]));
          equal((await client.answer({ baseUrl: server.baseUrl })).text, 'Hi');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('two different lengths is not read, because its end is uncertain', async () => {
    pieces = [head('Content-Length: 5', 'Content-Length: 6') + body];
    equal(summary(await client.answer({ baseUrl: server.baseUrl })), 'failed malformed-reply');
  });

  for (const [title, line] of Object.entries({ 'a line without a colon': 'Note', 'a NUL': 'X-Note: a\0b' })) {
    it(`${title} is not read, like in curl`, async () => {
      pieces = [head(line) + body];
      equal(summary(await client.answer({ baseUrl: server.baseUrl })), 'failed malformed-reply');
    });
  }

  it('bytes that are not HTTP is not read', async () => {
    pieces = ['SSH-2.0-OpenSSH_9.6\r\n\r\n'];
    equal(summary(await client.answer({ baseUrl: server.baseUrl })), 'failed malformed-reply');
  });

  it('a faulty head and a list of models is read', async () => {
    const list = '{"data":[{"id":"m"}]}';
    pieces = [
      `HTTP/1.1 200 OK\r\nContent-Length: 21\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n${list}\r\n0\r\n\r\n`,
    ];
    const { models } = await client.client.listModels(gatewayWith({ baseUrl: server.baseUrl }), patient);
    deepEqual(models, [{ id: 'm' }]);
  });
});

describe('A connection', () => {
  async function connectionsOfTwo(reply: string): Promise<number> {
    const server = await RawServer.start((exchange) => exchange.write(Buffer.from(reply, 'latin1')));
    const client = new TestClient();
    try {
      for (let question = 0; question < 2; question += 1) {
        equal((await client.answer({ baseUrl: server.baseUrl })).text, 'Hi');
        // undici makes a socket available again one turn of the event loop after the end of the reply.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return server.connections;
    } finally {
      await client.client.dispose();
      await server.stop();
    }
  }

  it('is used again after a proper head', async () => {
    equal(await connectionsOfTwo(head('Transfer-Encoding: chunked') + chunked), 1);
    equal(await connectionsOfTwo(head(`Content-Length: ${size}`) + body), 1);
  });

  it('is used again after chunks whose sizes end with LF', async () => {
    equal(await connectionsOfTwo(head('Transfer-Encoding: chunked') + chunkedByLf), 1);
  });

  it('is used again after a repaired head with clear framing', async () => {
    equal(await connectionsOfTwo(head('X Note: a', 'Transfer-Encoding: chunked') + chunked), 1);
  });

  it('is not used again after a head with ambiguous framing', async () => {
    equal(await connectionsOfTwo(head('Content-Length: 9', 'Transfer-Encoding: chunked') + chunked), 2);
  });
});

describe('repairHead', () => {
  const good = [
    head(`Content-Length: ${size}`),
    head('Transfer-Encoding: chunked'),
    head('Set-Cookie: a=b', 'Set-Cookie: c=d', 'X-Empty:'),
    'HTTP/1.1 204 \r\n\r\n',
    head('X-Content-Length: 5', 'Transfer-Encoding: chunked'),
  ];
  for (const text of good) {
    it(`does not change a valid head: ${JSON.stringify(text.slice(0, 80))}`, () => {
      equal(repairHead(text), text);
    });
  }

  it('does not change its own result, for any lines', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'Content-Length: 5',
        'Transfer-Encoding: chunked',
        ' folded',
        'no colon',
        ': x',
        'A : b',
      ),
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const once = repairHead(`HTTP/1.1 200 OK\r\n${lines.map((text) => `${text}\r\n`).join('')}\r\n`);
        equal(repairHead(once), once);
        match(once, /\r?\n\r?\n$/);
      }),
    );
  });
});
