/**
 * Runs in a process of its own, as gateways do: streams numbered events to whoever asks, as the model's id says. Sends
 * its port to the parent.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { lineOf, wordOf, type Plan } from './numberedText';

/** One answer under way. */
interface Stream {
  readonly response: ServerResponse;
  readonly rate: number;
  readonly count: number;
  readonly startedAt: number;
  sent: number;
}

/** How often those streams that are paced get what is due, in milliseconds. */
const tick = 1;
/** How much of a burst is written at once, in events. */
const burst = 64;

const paced = new Set<Stream>();

function eventOf(content: string): string {
  const choice = { index: 0, delta: { content }, logprobs: null, finish_reason: null };
  const chunk = {
    id: 'chatcmpl-load',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'load',
    choices: [choice],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

function finish(response: ServerResponse): void {
  response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
}

/** Writes what is due by now. A stream whose reader is behind waits, and catches up afterwards. */
function advance(stream: Stream, now: number): void {
  const { response, count } = stream;
  if (response.destroyed) {
    paced.delete(stream);
    return;
  }
  if (response.writableNeedDrain) return;
  const due = Math.min(count, Math.floor(((now - stream.startedAt) * stream.rate) / 1_000));
  let events = '';
  for (; stream.sent < due; stream.sent += 1) events += eventOf(wordOf(stream.sent));
  if (events !== '') response.write(events);
  if (stream.sent < count) return;
  paced.delete(stream);
  finish(response);
}

async function sendBurst(response: ServerResponse, count: number): Promise<void> {
  for (let sent = 0; sent < count && !response.destroyed;) {
    let events = '';
    for (const end = Math.min(count, sent + burst); sent < end; sent += 1) events += eventOf(lineOf(sent));
    await new Promise((resolve) => response.write(events, resolve));
  }
  finish(response);
}

async function sendSteps(response: ServerResponse): Promise<void> {
  for (let sent = 0; !response.destroyed; sent += 1) {
    await new Promise((resolve) => response.write(eventOf(wordOf(sent)), resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function send(response: ServerResponse, plan: Plan): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  switch (plan.kind) {
    case 'paced':
      paced.add({ response, ...plan, startedAt: performance.now(), sent: 0 });
      return;
    case 'burst':
      void sendBurst(response, plan.count);
      return;
    case 'steps':
      void sendSteps(response);
      return;
  }
}

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const { model } = JSON.parse(body) as { model: string };
    send(response, JSON.parse(model) as Plan);
  });
});
setInterval(() => {
  const now = performance.now();
  for (const stream of paced) advance(stream, now);
}, tick);
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
