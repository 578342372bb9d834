import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { defaultRetryPolicy } from '../../../src/gateway/failures/retryPolicy';
import { explainFailure } from '../../../src/shared/failure/explainFailure';
import { createTranslate } from '../../../src/shared/kit/translate';
import { RawServer, type RawScript } from '../../support/rawServer';
import { answerOf, canaryKey, summary, TestClient, type Answer } from './asking';
import { choiceFaults } from './faults/choices';
import type { ExpectedAnswer, ReplyFault } from './faults/fault';
import { framingFaults } from './faults/framing';
import { protocolFaults } from './faults/protocol';
import { transportFaults } from './faults/transport';
import { readBody } from './readBody';
import { reply } from './replies';

const english = createTranslate({});
const replyFaults: readonly ReplyFault[] = [...framingFaults, ...protocolFaults, ...choiceFaults];

/** How many splits of each reply are tried over sockets, distributed over its length. */
const socketCuts = 12;

/** The text of the notice for a failure, in English. */
function messageOf({ ending }: Answer): string {
  if (ending.outcome === 'completed' || ending.outcome === 'cancelled') return '';
  const { sentence, details } = explainFailure(ending.failure, english);
  return [sentence, ...details].join('\n');
}

/** The parts, with Parley's random ids replaced by a fixed one, so that they can be compared. */
function comparable(parts: unknown): unknown {
  return JSON.parse(JSON.stringify(parts).replace(/"call_[\da-f-]{36}"/g, '"call_1"'));
}

function check(answer: Answer, expected: ExpectedAnswer): void {
  const { text = '', reasoning = '', message, parts } = expected;
  deepEqual(
    [summary(answer), answer.text, answer.reasoning],
    [expected.ending, text, reasoning],
    messageOf(answer),
  );
  if (message !== undefined) match(messageOf(answer), message);
  if (parts !== undefined) {
    const kinds = new Set(parts.map(({ kind }) => kind));
    deepEqual(comparable(answer.parts.filter(({ kind }) => kinds.has(kind))), comparable(parts));
  }
  const told = JSON.stringify([answer.parts, messageOf(answer)]);
  for (const form of [canaryKey, 'canary', '0123456789']) ok(!told.includes(form), told);
}

describe('Faults of replies and connections:', () => {
  let servers: RawServer[] = [];
  let client: TestClient;

  beforeEach(() => {
    client = new TestClient(() => Promise.resolve(canaryKey), {
      retry: defaultRetryPolicy,
      wait: () => Promise.resolve(),
    });
  });

  afterEach(async () => {
    await client.client.dispose();
    for (const server of servers) await server.stop();
    servers = [];
    const log = client.log.join('\n');
    for (const form of [canaryKey, 'canary', '0123456789']) ok(!log.includes(form), log);
  });

  async function serve(...parameters: Parameters<typeof RawServer.start>): Promise<RawServer> {
    const server = await RawServer.start(...parameters);
    servers.push(server);
    return server;
  }

  for (const fault of replyFaults) {
    describe(`fault ${fault.number}: ${fault.name}`, () => {
      const body = Buffer.from(fault.body);
      const bytes = reply(body, { headers: [...(fault.headers ?? ['Content-Type: text/event-stream'])] });
      const isEncoded = fault.headers?.some((header) => header.startsWith('Content-Encoding')) === true;

      const deliver = async (script: RawScript): Promise<void> => {
        const { baseUrl } = await serve(script);
        check(await client.answer({ baseUrl }), fault.expected);
      };

      it(`fault ${fault.number}: ${fault.name}, in one write`, () =>
        deliver(async (exchange) => {
          await exchange.write(bytes);
          exchange.end();
        }));

      if (fault.isLarge === true) return;

      it(`fault ${fault.number}: ${fault.name}, byte by byte`, () =>
        deliver(async (exchange) => {
          for (const byte of bytes) await exchange.write(Uint8Array.of(byte));
          exchange.end();
        }));

      it(`fault ${fault.number}: ${fault.name}, split over sockets`, async () => {
        let cut = 0;
        const { baseUrl } = await serve(async (exchange) => {
          await exchange.write(bytes.subarray(0, cut));
          await new Promise((resolve) => setImmediate(resolve));
          await exchange.write(bytes.subarray(cut));
          exchange.end();
        });
        for (let place = 1; place <= socketCuts; place += 1) {
          cut = Math.floor((bytes.length * place) / (socketCuts + 1));
          check(await client.answer({ baseUrl }), fault.expected);
        }
      });

      // Only the transport, and so only the tests over sockets, can decode a content encoding.
      if (isEncoded) return;

      it(`fault ${fault.number}: ${fault.name}, split at every byte`, async () => {
        for (let cut = 0; cut <= body.length; cut += 1) {
          check(await readBody(body, [cut]), fault.expected);
        }
        check(await readBody(body, [...body.keys()]), fault.expected);
      });
    });
  }

  for (const fault of transportFaults) {
    it(`fault ${fault.number}: ${fault.name}`, async () => {
      check(answerOf((await fault.ask({ client, serve })).parts), fault.expected);
    });
  }

  it('every number has a fault', () => {
    const tested = new Set([...replyFaults, ...transportFaults].map(({ number }) => number));
    const missing = Array.from({ length: 64 }, (_, at) => at + 1).filter((number) => !tested.has(number));
    equal(missing.join(), '');
  });
});
