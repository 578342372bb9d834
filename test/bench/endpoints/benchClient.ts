import type { Route } from '../../../src/core/models/route';
import type { AnswerStream } from '../../../src/core/ports/answerStream';
import { createChatClient, type HttpChatClient } from '../../../src/gateway/httpChatClient';

/** Parley's own client, as the extension uses it, but without waits between the questions about a task. */
export function benchClient(): HttpChatClient {
  const ignore = (): void => undefined;
  return createChatClient({
    keys: { read: () => Promise.resolve('sk-bench0Zk3ab9ffQQx81Lw7KdPb2Rv5Tn') },
    log: { info: ignore, warn: ignore, error: ignore },
    wait: () => Promise.resolve(),
  });
}

/** The route to a gateway on loopback. */
export function benchRoute(baseUrl: string): Route {
  return {
    gateway: { id: 'bench', name: 'Bench', baseUrl, auth: 'bearer', headers: {}, models: [], extraBody: {} },
    parameters: {},
    timeouts: { connect: 30, firstToken: 30, idle: 30 },
  };
}

/** Reads an answer to its end. Resolves to the `data:` URLs of its media. */
export async function consume(stream: AnswerStream): Promise<string[]> {
  const media: string[] = [];
  for await (const batch of stream) {
    for (const part of batch) {
      if (part.kind === 'media') media.push(part.media.url);
      else if (part.kind === 'ended' && part.ending.outcome !== 'completed')
        throw new Error(`The answer ended otherwise: ${JSON.stringify(part.ending)}`);
    }
  }
  return media;
}
