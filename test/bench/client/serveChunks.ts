/**
 * Runs in a process of its own, so that its work is not counted: answers each question with the stream of
 * chunks that its path names (see `baseUrlOf`). Argument: the top of the checkout. Sends its port.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { chunkKinds, chunkOf, chunksOf, type ChunkKind } from './chunks';
import { chunkCount, endlessPace, pace, pacedCount, streamOf, type Delivery } from './deliveries';

const folder = process.argv[2] ?? '.';

const finish = [
  eventOf(JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })),
  eventOf('[DONE]'),
].join('');

const events = new Map<ChunkKind, readonly Buffer[]>(
  chunkKinds.map((kind) => [kind, [...chunksOf(kind, chunkCount, folder).map(eventOf), finish].map(asBytes)]),
);

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const stream = streamOf(request.url ?? '');
    response.writeHead(stream === undefined ? 404 : 200, { 'content-type': 'text/event-stream' });
    if (stream === undefined) response.end();
    else void send(response, stream.kind, stream.delivery);
  });
});

async function send(response: ServerResponse, kind: ChunkKind, delivery: Delivery): Promise<void> {
  const all = events.get(kind) ?? [];
  switch (delivery) {
    case 'first':
      response.write(all[0]);
      await setImmediate();
      break;
    case 'paced':
      await sendPaced(response, kind);
      break;
    case 'endless':
      sendWithoutEnd(response, all);
      return;
    case 'events':
      await sendAll(response, all);
      response.end();
      return;
    case '1k':
    case '16k':
    case '64k':
      await sendAll(response, cut(Buffer.concat(all), Number.parseInt(delivery) * 1_024));
      response.end();
      return;
  }
  response.end(finish);
}

/** Each piece in a turn of its own, so that nothing joins them on the way to the socket. */
async function sendAll(response: ServerResponse, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    if (response.write(piece)) await setImmediate();
    else await once(response, 'drain');
  }
}

/** The content of each chunk is the moment at which it was sent, in nanoseconds on the machine's clock. */
async function sendPaced(response: ServerResponse, kind: ChunkKind): Promise<void> {
  const [opening = '', closing = ''] = chunkOf(kind, 0, '@').split('@');
  const start = performance.now();
  for (let sent = 0; sent < pacedCount; sent += 1) {
    const rest = start + sent * pace - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
    response.write(eventOf(`${opening}${process.hrtime.bigint()} ${closing}`));
  }
}

/** Until whoever asked has enough. */
function sendWithoutEnd(response: ServerResponse, all: readonly Buffer[]): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(all[sent % (all.length - 1)]);
    sent += 1;
  }, endlessPace);
  response.on('close', () => {
    clearInterval(timer);
  });
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function eventOf(data: string): string {
  return `data: ${data}\n\n`;
}

function asBytes(text: string): Buffer {
  return Buffer.from(text);
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
