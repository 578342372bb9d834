import { equal, ok } from 'node:assert/strict';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { defaultRetryPolicy } from '../../../../../src/gateway/failures/retryPolicy';
import type { GenerationRequest } from '../../../../../src/core/ports/generationClient';
import { collect, gatewayWith, summary, TestClient, type Answer } from '../../asking';
import { json, pictureRequest, pixel, pixelUrl } from './generating';

/** A server that fails at one byte, and counts what it received. */
class FailingServer {
  /** Connections over which at least one byte of a request came. */
  asked = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /**
   * @param failing Reads the request up to this byte, then writes the reply up to the other byte, and closes or resets the connection.
   */
  static async start(
    failing: () => { readonly read: number; readonly reply: string; readonly resets: boolean },
  ): Promise<FailingServer> {
    const server = createServer();
    const failingServer = new FailingServer(server);
    server.on('connection', (socket) => {
      failingServer.serve(socket, failing());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return failingServer;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(
    socket: Socket,
    { read, reply, resets }: { readonly read: number; readonly reply: string; readonly resets: boolean },
  ): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = '';
    let isOver = false;
    socket.on('data', (bytes) => {
      if (received === '') this.asked += 1;
      received += bytes.toString('latin1');
      if (isOver || (received.length < read && !isWhole(received))) return;
      isOver = true;
      socket.write(reply, () => {
        if (resets) socket.resetAndDestroy();
        else socket.end();
      });
    });
  }
}

function isWhole(request: string): boolean {
  const head = request.indexOf('\r\n\r\n');
  const length = Number(/content-length: *(\d+)/i.exec(request)?.[1] ?? 0);
  return head !== -1 && request.length >= head + 4 + length;
}

const picture = json({ created: 1, data: [{ b64_json: pixel }] });
/** Requests that are billed, with a reply to each. */
const billed: readonly (readonly [name: string, request: Partial<GenerationRequest>, reply: string])[] = [
  ['a picture', {}, picture],
  ['an edit', { pictures: [{ name: 'fox', url: pixelUrl }] }, picture],
  ['a task', {}, json({ code: 200, data: [{ status: 'submitted', task_id: 'task_1' }] })],
  [
    'a grid of Midjourney',
    { generation: { kind: 'midjourney', settings: {} } },
    json({ code: 1, description: 'Submit success', result: '1320098173412546' }),
  ],
  [
    'a video',
    { generation: { kind: 'video', settings: {} } },
    json({ id: 'v', object: 'video', status: 'queued' }),
  ],
  ['music', { generation: { kind: 'music', settings: {} } }, json({ code: 'success', data: 'suno-1' })],
];

describe('A billed request', () => {
  let client: TestClient;
  let server: FailingServer;
  let reads = Infinity;
  let replies = '';
  let resets = false;

  beforeEach(async () => {
    client = new TestClient(undefined, { retry: defaultRetryPolicy, wait: () => Promise.resolve() });
    server = await FailingServer.start(() => ({ read: reads, reply: replies, resets }));
  });
  afterEach(async () => {
    await client.client.dispose();
    await server.stop();
  });

  async function send(request: Partial<GenerationRequest>): Promise<Answer> {
    const gateway = gatewayWith({ baseUrl: server.baseUrl });
    const stream = client.client.generate(pictureRequest({ ...request, gateway }));
    const whole = {
      cancel: () => {
        stream.cancel();
      },
      async *[Symbol.asyncIterator]() {
        for await (const parts of stream) {
          // Questions about a task are no part of this test.
          if (parts.some(({ kind }) => kind === 'task-submitted')) stream.cancel();
          yield parts;
        }
      },
    };
    return await collect(whole);
  }

  for (const [name, request, reply] of billed)
    for (const isReset of [false, true])
      it(`is sent once, whichever byte of the reply is the last: ${name}${isReset ? ', reset' : ''}`, async function () {
        this.timeout(20_000);
        resets = isReset;
        reads = Infinity;
        for (let end = 0; end <= reply.length; end += 1) {
          replies = reply.slice(0, end);
          server.asked = 0;
          const answer = await send(request);
          equal(server.asked, 1, `${end} bytes: ${summary(answer)}`);
          const isThere = answer.parts.some(({ kind }) => kind === 'media' || kind === 'task-submitted');
          if (end < reply.length) equal(summary(answer), 'failed maybe-billed', `${end} bytes`);
          else if (!isReset) ok(isThere, summary(answer));
        }
      });

  it('is sent once, at whichever byte of the request the connection ends', async function () {
    this.timeout(20_000);
    replies = '';
    for (resets of [false, true])
      for (reads = 0; reads < 700; reads += 7) {
        server.asked = 0;
        const answer = await send({});
        equal(server.asked, 1, `${reads} bytes: ${summary(answer)}`);
        equal(summary(answer), 'failed maybe-billed', `${reads} bytes`);
      }
  });

  it('is sent again after 429, which names itself a limit, and tells so', async () => {
    const limit = json(
      { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } },
      '429 Too Many Requests',
    );
    const queue = [limit, limit, picture];
    await server.stop();
    server = await FailingServer.start(() => ({ read: Infinity, reply: queue.shift() ?? '', resets: false }));
    const answer = await send({});
    equal(summary(answer), 'completed null');
    equal(server.asked, 3);
    equal(answer.parts.filter(({ kind }) => kind === 'retrying').length, 2);
  });

  for (const status of [
    '429 Too Many Requests',
    '503 Service Unavailable',
    '500 Oops',
    '408 Request Timeout',
  ])
    it(`is not sent again after a page with ${status}`, async () => {
      replies = json('<html><title>Try again in 1 second</title></html>', status);
      reads = Infinity;
      equal((await send({})).ending.outcome, 'failed');
      equal(server.asked, 1);
    });

  it('is not sent at all when nothing listens', async () => {
    const { baseUrl } = server;
    await server.stop();
    const stream = client.client.generate(pictureRequest({ gateway: gatewayWith({ baseUrl }) }));
    equal(summary(await collect(stream)), 'failed connection-refused');
  });

  it('stops at once when the user stops it', async () => {
    const gateway = gatewayWith({ baseUrl: server.baseUrl });
    const stream = client.client.generate(pictureRequest({ gateway }));
    stream.cancel();
    equal(summary(await collect(stream)), 'cancelled');
  });
});
