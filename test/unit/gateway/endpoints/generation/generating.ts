import type { Gateway } from '../../../../../src/core/models/gateway';
import type { GenerationRequest } from '../../../../../src/core/ports/generationClient';
import type { StreamPart } from '../../../../../src/core/ports/answerStream';
import type { Media } from '../../../../../src/shared/answer/media';
import { RawServer, type RawExchange, type RawScript } from '../../../../support/rawServer';
import { canaryKey, collect, gatewayWith, patient, TestClient, type Answer } from '../../asking';

/** The smallest PNG: one pixel. */
export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** The pixel as bytes. */
export const pixelBytes = Buffer.from(pixel, 'base64');
/** The pixel as a `data:` URL. */
export const pixelUrl = `data:image/png;base64,${pixel}`;

/** The default request: one picture. */
export function pictureRequest(request: Partial<GenerationRequest> = {}): GenerationRequest {
  return {
    gateway: gatewayWith({}),
    parameters: {},
    timeouts: patient,
    modelId: 'gpt-image-1',
    generation: { kind: 'image', settings: {} },
    prompt: 'A red fox',
    pictures: [],
    ...request,
  };
}

/** A reply with a JSON body. */
export function json(value: unknown, status = '200 OK', headers: readonly string[] = []): string {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
    '',
    body,
  ].join('\r\n');
}

/** A place where pictures are made: a client with a clock that waits for nothing, and a server. */
export class GeneratingPlace {
  /** The waits so far, in milliseconds. */
  readonly waits: number[] = [];
  /** Milliseconds since the epoch; each wait moves it on. */
  time = 1_000_000;
  readonly client: TestClient;
  private readonly servers: RawServer[] = [];

  constructor(random = 0.5) {
    this.client = new TestClient(() => Promise.resolve(canaryKey), {
      now: () => this.time,
      random: () => random,
      wait: (milliseconds, signal) => {
        this.waits.push(milliseconds);
        if (!signal.aborted) this.time += milliseconds;
        return Promise.resolve();
      },
    });
  }

  /** Starts a server that answers each request with the script. */
  async serve(script: RawScript): Promise<RawServer> {
    const server = await RawServer.start(script);
    this.servers.push(server);
    return server;
  }

  /** Starts a server that sends these replies one after the other, the last one again and again. */
  async serveReplies(...replies: readonly (string | Uint8Array)[]): Promise<RawServer> {
    let next = 0;
    return await this.serve(async (exchange) => {
      await exchange.write(replies[Math.min(next, replies.length - 1)] ?? '');
      next += 1;
      exchange.end();
    });
  }

  /** Makes what the request says at a server. */
  async generate(
    server: RawServer,
    request: Partial<Omit<GenerationRequest, 'gateway'>> & { readonly gateway?: Partial<Gateway> } = {},
  ): Promise<Answer> {
    const gateway = gatewayWith({ baseUrl: server.baseUrl, ...request.gateway });
    return await collect(this.client.client.generate(pictureRequest({ ...request, gateway })));
  }

  async close(): Promise<void> {
    await this.client.client.dispose();
    for (const server of this.servers) await server.stop();
  }
}

/** The media of an answer. */
export function mediaOf({ parts }: Answer): readonly Media[] {
  return parts.flatMap((part) => (part.kind === 'media' ? [part.media] : []));
}

/** The parts of one kind. */
export function partsOf<Kind extends StreamPart['kind']>(
  { parts }: Answer,
  kind: Kind,
): readonly Extract<StreamPart, { kind: Kind }>[] {
  return parts.filter((part): part is Extract<StreamPart, { kind: Kind }> => part.kind === kind);
}

/** The request line of a request: `POST /v1/images/generations`. */
export function lineOf({ head }: RawExchange): string {
  return head.split(' HTTP/', 1).join('');
}
