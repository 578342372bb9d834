import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came, whatever it asks for. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What the user said last; '' in a request that asks nothing. */
  readonly prompt: string;
}

/** Answers one request. */
export type Answering = (request: RecordedRequest, response: ServerResponse) => void | Promise<void>;

/** A gateway on loopback that keeps everything it is sent. */
export class RecordingGateway {
  /** Oldest first. */
  readonly requests: RecordedRequest[] = [];

  private constructor(
    private readonly server: Server,
    answer: Answering,
  ) {
    server.on('request', (incoming, response: ServerResponse) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        const body = Buffer.concat(pieces).toString();
        const request = { method, path: url, headers, body, prompt: promptOf(body) };
        this.requests.push(request);
        void answer(request, response);
      });
    });
  }

  /** Listens on a free port of loopback. */
  static async start(answer: Answering): Promise<RecordingGateway> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RecordingGateway(server, answer);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Such as `http://127.0.0.1:40000`. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Streams an answer: each delta is one chunk. */
export function streamAnswer(response: ServerResponse, deltas: readonly object[]): void {
  const chunks = deltas.map((delta) => ({ choices: [{ index: 0, delta }] }));
  const last = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(
    [...chunks, last].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + 'data: [DONE]\n\n',
  );
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

interface ChatBody {
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[];
}

function promptOf(body: string): string {
  // The body `{` asks whether an endpoint exists.
  if (!body.startsWith('{"')) return '';
  const { messages = [] } = JSON.parse(body) as ChatBody;
  const content = messages.findLast(({ role }) => role === 'user')?.content;
  return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}
