import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How an answer comes. */
export interface Pace {
  readonly tokensPerSecond: number;
  readonly tokens: number;
}

/** One answer: when each token left, in milliseconds on the clock of `now`. */
export interface Sent {
  readonly at: readonly number[];
  /** Resolves when the last token has left. */
  readonly done: Promise<void>;
}

/** Milliseconds since the epoch, with fractions: the clock of this process, to which those of pages are compared. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * A gateway on loopback that notes when each token leaves. The tokens are words with their numbers, `w0 ` and on, in
 * paragraphs with a bold word now and then.
 */
export class PacedGateway {
  /** How the next answer comes. */
  pace: Pace = { tokensPerSecond: 50, tokens: 100 };
  /** Told of each answer when it begins. */
  onAnswer: (sent: Sent) => void = () => undefined;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response: ServerResponse) => {
      request.resume();
      request.on('end', () => {
        if (request.url === '/v1/chat/completions') this.answer(response);
        else response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{"id":"paced"}]}');
      });
    });
  }

  static async start(): Promise<PacedGateway> {
    const server = createServer({ noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PacedGateway(server);
  }

  /** Such as `http://127.0.0.1:40000/v1`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(response: ServerResponse): void {
    const { tokensPerSecond, tokens } = this.pace;
    const at: number[] = [];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    const { promise: done, resolve: finish } = Promise.withResolvers<undefined>();
    this.onAnswer({ at, done });
    const begin = performance.now();
    const send = (): void => {
      const due = Math.min(tokens, Math.floor(((performance.now() - begin) * tokensPerSecond) / 1000));
      while (at.length < due) {
        const chunk = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: tokenAt(at.length) } }] })}\n\n`;
        at.push(now());
        response.write(chunk);
      }
      if (at.length < tokens) {
        setTimeout(send, 1);
        return;
      }
      response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
      finish(undefined);
    };
    send();
  }
}

function tokenAt(number: number): string {
  const word = number % 12 === 5 ? `**w${number}**` : `w${number}`;
  return number % 60 === 59 ? `${word}\n\n` : `${word} `;
}
