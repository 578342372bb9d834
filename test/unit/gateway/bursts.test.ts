import { equal, ok } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createGzip, constants } from 'node:zlib';
import fc from 'fast-check';
import type { StreamPart } from '../../../src/core/ports/answerStream';
import { RawServer, type RawExchange } from '../../support/rawServer';
import { answerOf, TestClient } from './asking';
import { delta, done, finish, reply } from './replies';

/** The words of an answer, each of them only once. */
function wordsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index} `);
}

const gzipHead = reply('', { headers: ['Content-Type: text/event-stream', 'Content-Encoding: gzip'] });

describe('An answer in a burst of small deliveries', () => {
  let server: RawServer;
  let client: TestClient;
  let script: (exchange: RawExchange) => Promise<void>;

  beforeEach(async () => {
    server = await RawServer.start((exchange) => script(exchange));
    // With this clock every answer counts as a burst, also on a busy computer.
    let time = 0;
    client = new TestClient(undefined, { elapsed: () => (time += 1) });
  });

  afterEach(async () => {
    await client.client.dispose();
    await server.stop();
  });

  async function ask(): Promise<ReturnType<typeof answerOf> & { readonly batches: number }> {
    const parts: StreamPart[] = [];
    let batches = 0;
    for await (const batch of client.ask({ baseUrl: server.baseUrl })) {
      parts.push(...batch);
      batches += 1;
    }
    return { ...answerOf(parts), batches };
  }

  /** Writes each word in a separate turn of the event loop, so that the words are not joined before the socket. */
  async function writeEach(exchange: RawExchange, words: readonly string[]): Promise<void> {
    for (const word of words) {
      await exchange.write(delta(word));
      await setImmediate();
    }
  }

  it('is read in far fewer deliveries, with every word in order', async () => {
    const words = wordsOf(4_000);
    script = async (exchange) => {
      await exchange.write(reply(''));
      await writeEach(exchange, words);
      await exchange.write(finish() + done);
      exchange.end();
    };
    const { text, ending, batches } = await ask();
    equal(text, words.join(''));
    equal(ending.outcome, 'completed');
    ok(batches < words.length / 2, `${batches} batches for ${words.length} pieces`);
  });

  for (const { how, most, leave } of [
    {
      how: 'was closed',
      most: 2_000,
      leave: (exchange: RawExchange) => {
        exchange.end();
      },
    },
    {
      how: 'was torn down while it was short',
      most: 400,
      leave: (exchange: RawExchange) => {
        exchange.reset();
      },
    },
  ]) {
    it(`keeps every word before the place where the connection ${how}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: most }), async (count) => {
          const words = wordsOf(count + 1);
          script = async (exchange) => {
            await exchange.write(reply(''));
            await writeEach(exchange, words);
            leave(exchange);
          };
          const { text, ending } = await ask();
          equal(text, words.join(''));
          equal(ending.outcome, 'truncated');
        }),
        { numRuns: 30 },
      );
    });
  }

  it('is complete if it is compressed', async () => {
    const words = wordsOf(2_000);
    script = async (exchange) => {
      await exchange.write(gzipHead);
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      gzip.on('data', (bytes: Buffer) => void exchange.write(bytes));
      gzip.on('end', () => {
        exchange.end();
      });
      for (const word of words) {
        gzip.write(delta(word));
        await setImmediate();
      }
      gzip.end(finish() + done);
    };
    const { text, ending } = await ask();
    equal(text, words.join(''));
    equal(ending.outcome, 'completed');
  });

  it('ends at once if it is stopped during a rest', async () => {
    let closed: Promise<void> | undefined;
    script = async (exchange) => {
      ({ closed } = exchange);
      await exchange.write(reply(''));
      await writeEach(exchange, wordsOf(4_000));
    };
    const stream = client.ask({ baseUrl: server.baseUrl });
    const parts: StreamPart[] = [];
    let batches = 0;
    for await (const batch of stream) {
      parts.push(...batch);
      batches += 1;
      if (batches === 600) stream.cancel();
    }
    equal(answerOf(parts).ending.outcome, 'cancelled');
    await closed;
    equal(server.openConnections, 0);
  });
});
