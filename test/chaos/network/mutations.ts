import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { RawExchange } from '../../support/rawServer';
import { extent } from '../support/extent';
import type { Attack } from './attack';
import { goodBody, inChunks } from './goodReply';

/** A change of the bytes of a reply, at a place given as a fraction of its length. */
interface Mutation {
  readonly what: 'flip' | 'drop' | 'double' | 'insert' | 'swap';
  readonly place: number;
  readonly length: number;
  readonly byte: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom('flip', 'drop', 'double', 'insert', 'swap'),
  place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 40 }),
  byte: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 10, 13, 32, 58, 59, 123, 125, 255)),
});

function mutate(bytes: Buffer, { what, place, length, byte }: Mutation): Buffer {
  const at = Math.floor(place * bytes.length);
  const before = bytes.subarray(0, at);
  const piece = bytes.subarray(at, at + length);
  const after = bytes.subarray(at + length);
  switch (what) {
    case 'flip':
      return Buffer.concat([before, Buffer.of((piece[0] ?? 0) ^ (byte || 1)), bytes.subarray(at + 1)]);
    case 'drop':
      return Buffer.concat([before, after]);
    case 'double':
      return Buffer.concat([before, piece, piece, after]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(length, byte), piece, after]);
    case 'swap':
      return Buffer.concat([before, piece.toReversed(), after]);
  }
}

/** A good reply with one of its framings. */
function goodReply(exchange: RawExchange, isCompressed: boolean): Buffer {
  const body = goodBody(exchange);
  const encoding = isCompressed ? 'Content-Encoding: gzip\r\n' : '';
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${encoding}Transfer-Encoding: chunked\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), inChunks(isCompressed ? gzipSync(body) : body, 64)]);
}

/** Good replies with random changes of some bytes, the same in every run. */
export const mutations: readonly Attack[] = fc
  .sample(fc.tuple(fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.boolean()), {
    numRuns: extent(200, 20_000),
    seed: 20,
  })
  .map(([changes, isCompressed], number) => ({
    name: `changed bytes (${number})`,
    doors: ['question', 'list'],
    async serve(exchange) {
      await exchange.write(changes.reduce(mutate, goodReply(exchange, isCompressed)));
      exchange.end();
    },
    ends: { question: /^(?:completed|truncated|failed) /, list: /^(?:listed|failed) / },
    // Any status may result: one that is retried, or a reset, which is tried once more.
    requests: 4,
    timeouts: { firstToken: 5, idle: 5 },
  }));
