/**
 * Runs in a process of its own, so that its work is not counted: a gateway that makes a picture of 20 MB at once, and small pictures
 * as tasks, which are done when they are asked about for the third time. Sends its port.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noisePng } from './noisePng';

/** A picture of this width in pixels has 20 MB. */
const width = 2_600;
const looksNeeded = 3;

const large = Buffer.from(JSON.stringify({ data: [{ b64_json: noisePng(width).toString('base64') }] }));
const small = `data:image/png;base64,${noisePng(16).toString('base64')}`;
const looks = new Map<string, number>();

const server = createServer((request, response) => {
  const { url = '', method } = request;
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(method === 'POST' ? large : JSON.stringify({ code: 200, data: taskAt(url) }));
  });
});

function taskAt(url: string): unknown {
  const count = (looks.get(url) ?? 0) + 1;
  looks.set(url, count);
  const id = url.slice(url.lastIndexOf('/') + 1);
  if (count < looksNeeded) return { id, status: 'processing', progress: count * 30 };
  looks.delete(url);
  return { id, status: 'completed', progress: 100, result: { images: [{ url: [small] }] } };
}

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
