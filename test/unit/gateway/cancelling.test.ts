import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { StreamPart } from '../../../src/core/ports/answerStream';
import { defaultRetryPolicy } from '../../../src/gateway/failures/retryPolicy';
import { RawServer, type RawExchange } from '../../support/rawServer';
import { answerOf, canaryKey, TestClient } from './asking';
import { delta, done, finish, reply } from './replies';

/**
 * The gateway must see the socket close within this time after the user stops the answer, in milliseconds. Long enough for a busy
 * computer, and much shorter than any time limit that would close it otherwise.
 */
const patience = 1_000;

/** The steps of the server. The user stops the answer at each of them. */
const steps = ['accept', 'head', 'text', 'more', 'finish', 'done', 'end'] as const;

/** The bytes that each step writes. */
const writes: Readonly<Record<(typeof steps)[number], string>> = {
  accept: '',
  head: Buffer.from(reply('')).toString(),
  text: delta('Hel'),
  more: delta('lo'),
  finish: finish(),
  done,
  end: '',
};

/** Resolves after `milliseconds` and after all events that were due before then, so that a slow computer does not fail the test. */
async function later(milliseconds: number): Promise<'late'> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return 'late';
}

describe('Stopping an answer at any moment', () => {
  let server: RawServer;
  let client: TestClient;
  let onStep: (step: (typeof steps)[number]) => Promise<void>;
  const exchanges: RawExchange[] = [];

  beforeEach(async () => {
    server = await RawServer.start(async (exchange) => {
      exchanges.push(exchange);
      for (const step of steps) {
        if (writes[step] !== '') await exchange.write(writes[step]);
        if (step === 'end') exchange.end();
        await onStep(step);
      }
    });
    client = new TestClient(() => Promise.resolve(canaryKey), { retry: defaultRetryPolicy });
  });

  afterEach(async () => {
    await client.client.dispose();
    await server.stop();
    exchanges.length = 0;
  });

  /** Asks a question and stops the answer `turns` turns of the event loop after the server has reached `step`. */
  async function stopAt(step: (typeof steps)[number], turns: number): Promise<void> {
    const stream = client.ask({ baseUrl: server.baseUrl });
    const stopped = Promise.withResolvers<undefined>();
    onStep = async (reached) => {
      if (reached === step) {
        for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        stream.cancel();
        stopped.resolve(undefined);
      }
      await new Promise((resolve) => setImmediate(resolve));
    };
    const parts: StreamPart[] = [];
    const reading = (async () => {
      for await (const batch of stream) parts.push(...batch);
    })();
    await stopped.promise;
    const closed = exchanges.at(-1)?.closed.then(() => 'closed' as const);
    equal(await Promise.race([closed, later(patience)]), 'closed');
    await reading;
    const { text, ending } = answerOf(parts);
    ok('Hello'.startsWith(text));
    ok(
      ending.outcome === 'cancelled' || (ending.outcome === 'completed' && text === 'Hello'),
      ending.outcome,
    );
  }

  it('closes the socket, keeps the text, ends once and leaves no socket', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...steps), fc.nat({ max: 6 }), stopAt), {
      numRuns: 60,
    });
    equal(server.openConnections, 0);
    const log = client.log.join('\n');
    for (const form of [canaryKey, 'canary', '0123456789']) ok(!log.includes(form), log);
  });

  it('closes every socket of many answers at once', async () => {
    onStep = (step) => (step === 'text' ? new Promise(() => undefined) : Promise.resolve());
    const streams = Array.from({ length: 20 }, () => client.ask({ baseUrl: server.baseUrl }));
    const outcomes = await Promise.all(
      streams.map(async (stream) => {
        const parts: StreamPart[] = [];
        for await (const batch of stream) {
          parts.push(...batch);
          if (batch.some((part) => part.kind === 'text')) stream.cancel();
        }
        const { text, ending } = answerOf(parts);
        return `${ending.outcome} ${text}`;
      }),
    );
    deepEqual(new Set(outcomes), new Set(['cancelled Hel']));
    equal(
      (await Promise.race([Promise.all(exchanges.map(({ closed }) => closed)), later(patience)])) === 'late',
      false,
    );
    equal(server.openConnections, 0);
  });
});
