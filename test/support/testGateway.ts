import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { completeText } from '../../scripts/demo/completeText.mjs';
import { embedTexts } from '../../scripts/demo/embedTexts.mjs';
import type { AddressInfo } from 'node:net';
import { testSound } from './testSound';

/** A request to the gateway. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  } & Readonly<Record<string, unknown>>;
}

/** The behaviour of the gateway. It may be changed between requests. */
export interface GatewayBehaviour {
  /** Pieces of reasoning, sent before the answer. */
  reasoning: readonly string[];
  /** Pieces of the answer, sent one after the other. */
  pieces: readonly string[];
  /** Pieces of a completion of `/v1/completions`; null completes as the demo gateway does. A check of completions always succeeds. */
  completion: readonly string[] | null;
  /** Tool calls, sent after the text of each answer to a prompt that offers tools. The answer to their results is the text alone. */
  calls: readonly { readonly name: string; readonly arguments: string }[];
  /** URLs of pictures, sent after the text. */
  pictures: readonly string[];
  /** Milliseconds between pieces. */
  pause: number;
  /** After the pieces, the stream stays open until the client closes it, or until a promise resolves. */
  hangs: boolean | Promise<undefined>;
  /** Ids of the models in the list. */
  models: readonly string[];
  /** The accepted key; null when no key is needed. */
  key: string | null;
  /** The response to a wrong key, for the list and for answers. */
  keyRefusal: Refusal;
  /** The response instead of an answer; null for normal answers. */
  refusal: Refusal | null;
  /** How long each spoken sound is. */
  soundSeconds: number;
  /** What it hears in every sound. */
  transcript: string;
  /** The finish reason. */
  finishReason: string;
  /** The field `usage` of the last chunk; null for none. */
  usage: object | null;
  /** JSON pages by path, such as `/api/status`, for GET requests. */
  pages: Readonly<Record<string, unknown>>;
}

/** A status and a body. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
}

/** A gateway on loopback that streams the answers of a test and records the requests. */
export class TestGateway {
  /** Chat requests, oldest first. */
  readonly requests: ReceivedRequest[] = [];
  /** Bodies of requests for vectors, oldest first. */
  readonly embedded: { readonly model: string; readonly input: unknown }[] = [];
  /** The bearer keys of all requests, also of those for the list of models, oldest first. */
  readonly keys: string[] = [];
  /** How often its list of models was read. */
  listed = 0;
  /** The texts that it has spoken, oldest first. */
  readonly spoken: string[] = [];
  /** The paths of the requested `pages`, oldest first. */
  readonly pagesAsked: string[] = [];
  /** The paths and forms of transcriptions and translations, oldest first. */
  readonly uploads: string[] = [];
  /** How many clients closed the connection before their answer was complete. */
  abandoned = 0;

  private constructor(
    private readonly server: Server,
    readonly behaviour: GatewayBehaviour,
  ) {
    server.on('request', (request, response: ServerResponse) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const { url = '', headers } = request;
        const sent = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1];
        if (sent !== undefined) this.keys.push(sent);
        if (behaviour.key !== null && headers.authorization !== `Bearer ${behaviour.key}`) {
          sendJson(response, behaviour.keyRefusal.status, behaviour.keyRefusal.body);
        } else if (Object.hasOwn(behaviour.pages, url)) {
          this.pagesAsked.push(url);
          sendJson(response, 200, behaviour.pages[url]);
        } else if (url === '/v1/models') {
          this.listed += 1;
          sendJson(response, 200, { data: behaviour.models.map((id) => ({ id })) });
        } else if (isProbe(pieces)) {
          const exists = url === '/v1/chat/completions';
          const error = exists ? 'The body is not JSON.' : `Invalid URL (POST ${url})`;
          sendJson(response, exists ? 400 : 404, { error: { message: error } });
        } else if (url === '/v1/audio/speech' && behaviour.refusal === null) {
          this.spoken.push(
            (JSON.parse(Buffer.concat(pieces).toString()) as { readonly input: string }).input,
          );
          response.writeHead(200, { 'content-type': 'audio/wav' });
          response.end(testSound(behaviour.soundSeconds));
        } else if (url.startsWith('/v1/audio/t') && behaviour.refusal === null) {
          this.uploads.push(`${url}\n${Buffer.concat(pieces).toString('latin1')}`);
          sendJson(response, 200, { text: behaviour.transcript });
        } else {
          const body = JSON.parse(Buffer.concat(pieces).toString()) as ReceivedRequest['body'];
          this.take({ path: url, headers, body }, response);
        }
      });
    });
  }

  /** Listens on a free port of loopback. */
  static async start(behaviour: Partial<GatewayBehaviour> = {}): Promise<TestGateway> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TestGateway(server, {
      reasoning: [],
      pieces: ['Hello ', 'from ', 'the ', 'gateway.'],
      completion: null,
      calls: [],
      pictures: [],
      pause: 0,
      hangs: false,
      models: ['gpt-4o', 'gpt-5', 'text-embedding-3-small'],
      key: null,
      keyRefusal: {
        status: 401,
        body: { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } },
      },
      refusal: null,
      soundSeconds: 1,
      transcript: 'It rains today.',
      finishReason: 'stop',
      usage: null,
      pages: {},
      ...behaviour,
    });
  }

  /** Its base URL, such as `http://127.0.0.1:40000/v1`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** The last request. */
  get lastRequest(): ReceivedRequest {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error('The gateway was not asked.');
    return request;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(request: ReceivedRequest, response: ServerResponse): void {
    const { refusal } = this.behaviour;
    if (request.path === '/v1/embeddings') {
      const { model, input } = request.body;
      this.embedded.push({ model, input });
      sendJson(response, 200, embedTexts({ model, input }));
      return;
    }
    this.requests.push(request);
    const { completion } = this.behaviour;
    if (refusal === null && request.path === '/v1/completions') {
      if (completion !== null && !isCheck(request)) {
        void this.stream(
          response,
          completion.map((text) => ({ text })),
        );
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(completeText(request.body).join(''));
    } else if (refusal === null) void this.answer(request, response);
    else sendJson(response, refusal.status, refusal.body);
  }

  private async answer({ body }: ReceivedRequest, response: ServerResponse): Promise<void> {
    const { reasoning, pieces, pictures, finishReason } = this.behaviour;
    const mayCall = body['tools'] !== undefined && body.messages.at(-1)?.role !== 'tool';
    const calls = mayCall ? this.behaviour.calls : [];
    const choices = [
      ...reasoning.map((piece) => ({ delta: { reasoning_content: piece } })),
      ...pieces.map((piece) => ({ delta: { content: piece } })),
      // Like gateways that count the calls of each answer from 0.
      ...calls.map((call, index) => ({
        delta: { tool_calls: [{ index, id: `call_${index}`, type: 'function', function: call }] },
      })),
      ...pictures.map((url) => ({ delta: { images: [{ type: 'image_url', image_url: { url } }] } })),
    ];
    await this.stream(response, choices, calls.length > 0 ? 'tool_calls' : finishReason);
  }

  private async stream(
    response: ServerResponse,
    choices: readonly object[],
    finishReason = this.behaviour.finishReason,
  ): Promise<void> {
    const { pause, hangs } = this.behaviour;
    const left = new Promise<'left'>((resolve) => {
      response.on('close', () => {
        if (!response.writableFinished) this.abandoned += 1;
        resolve('left');
      });
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const choice of choices) {
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
      if (pause === 0) continue;
      const next = new Promise<'next'>((resolve) => setTimeout(resolve, pause, 'next'));
      if ((await Promise.race([next, left])) === 'left') return;
    }
    if (hangs === true) return;
    if (hangs !== false && (await Promise.race([hangs, left])) === 'left') return;
    const { usage } = this.behaviour;
    const last = {
      choices: [{ index: 0, delta: {}, finish_reason: finishReason }],
      ...(usage !== null && { usage }),
    };
    response.end(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
  }
}

/** True for a request that finds out how a model completes. */
function isCheck({ body }: ReceivedRequest): boolean {
  return JSON.stringify(body).includes('marigold');
}

/** True for a request without content, and for one that asks whether an endpoint exists. */
function isProbe(pieces: readonly Buffer[]): boolean {
  const body = Buffer.concat(pieces).toString();
  return body === '' || body === '{';
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
