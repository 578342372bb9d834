import { gzipSync } from 'node:zlib';
import type { RawExchange } from '../../support/rawServer';
import { extent } from '../support/extent';
import type { Attack } from './attack';
import { goodBody, inChunks } from './goodReply';

/** A good reply with one of the possible framings. */
const framings: Readonly<Record<string, (body: string) => Buffer>> = {
  chunked: (body) => framed('Transfer-Encoding: chunked', inChunks(body, 40)),
  'chunked and gzipped': (body) =>
    framed('Transfer-Encoding: chunked\r\nContent-Encoding: gzip', inChunks(gzipSync(body), 9)),
  'of a known length': (body) => framed(`Content-Length: ${Buffer.byteLength(body)}`, Buffer.from(body)),
  'up to the end of the connection': (body) => framed('Connection: close', Buffer.from(body)),
};

function framed(header: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n`), body]);
}

/** The largest length of a reply, in bytes. There are no cuts after the end of a reply. */
const longest = Math.max(...Object.values(framings).map((frame) => frame(goodBody({ head: 'POST' })).length));

/** A good reply that stops after `length` bytes. */
function cut(framing: string, frame: (body: string) => Buffer, length: number, how: 'end' | 'reset'): Attack {
  return {
    name: `a reply ${framing}, ${how === 'end' ? 'ended' : 'reset'} after ${length} bytes`,
    doors: ['question', 'list'],
    async serve(exchange: RawExchange) {
      await exchange.write(frame(goodBody(exchange)).subarray(0, length));
      // A reset may overtake bytes that were written before it, so the client must read these first.
      if (how === 'reset') await new Promise((resolve) => setTimeout(resolve, 1));
      exchange[how]();
    },
    ends: { question: /^(?:failed|truncated|completed) /, list: /^(?:failed|listed) / },
    // A connection that was reset before the answer is tried once more.
    requests: 2,
  };
}

/** A good reply, cut after each of its bytes; in the short form with two of the framings. */
export const cuts: readonly Attack[] = Object.entries(framings)
  .slice(0, extent(2, Infinity))
  .flatMap(([framing, frame]) =>
    Array.from({ length: longest }, (_, length) =>
      (['end', 'reset'] as const).map((how) => cut(framing, frame, length, how)),
    ).flat(),
  );
