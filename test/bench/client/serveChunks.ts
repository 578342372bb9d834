/**
 * Runs in a process of its own, so that its work is not counted: answers each question with a stream
 * of chunks, as fast as it is read. The last part of the path's first segment names their kind
 * (`/alike/v1/chat/completions`). Arguments: how many chunks, the top of the checkout. Sends its port.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chunkKinds, chunksOf } from './chunks';

const count = Number(process.argv[2]);
const folder = process.argv[3] ?? '.';
const bodies = new Map<string, Buffer>(
  chunkKinds.map((kind) => {
    const finish = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    const events = [...chunksOf(kind, count, folder), finish, '[DONE]'];
    return [kind, Buffer.from(events.map((data) => `data: ${data}\n\n`).join(''))];
  }),
);

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const body = bodies.get(request.url?.split('/')[1] ?? '');
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/event-stream' });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
