import type { Gateway } from '../../../src/core/models/gateway';
import type { AnswerStream, StreamPart } from '../../../src/core/ports/answerStream';
import type { Timeouts } from '../../../src/core/models/route';
import type { ChatRequest } from '../../../src/core/ports/chatClient';
import type { KeyStore } from '../../../src/core/ports/keyStore';
import {
  createChatClient,
  type ChatClientParts,
  type HttpChatClient,
} from '../../../src/gateway/httpChatClient';
import { noRetries } from '../../../src/gateway/failures/retryPolicy';
import type { Ending } from '../../../src/shared/answer/ending';
import type { Usage } from '../../../src/shared/answer/usage';

/** A key that may appear only in the header of a request. */
export const canaryKey = 'sk-canary+/0123456789"abcdef';

/** Time limits that a passing test never reaches. */
export const patient: Timeouts = { connect: 30, firstToken: 30, idle: 30 };

/** The content of one answer, the first of `n`. */
export interface Answer {
  readonly text: string;
  readonly reasoning: string;
  readonly usage: Usage | undefined;
  readonly servedModel: string | undefined;
  readonly ending: Ending;
  readonly parts: readonly StreamPart[];
}

/** A client with the canary as its key, and its log. Has no retries by default. */
export class TestClient {
  readonly log: string[] = [];
  /** The keys that were read, as `id@origin`. */
  readonly keysRead: string[] = [];
  readonly client: HttpChatClient;

  constructor(
    readKey: KeyStore['read'] = () => Promise.resolve(canaryKey),
    parts: Partial<Omit<ChatClientParts, 'keys' | 'log'>> = {},
  ) {
    const write = (message: string): void => void this.log.push(message);
    this.client = createChatClient({
      keys: {
        read: (gatewayId, origin) => {
          this.keysRead.push(`${gatewayId}@${origin}`);
          return readKey(gatewayId, origin);
        },
      },
      log: { info: write, warn: write, error: write },
      retry: noRetries,
      ...parts,
    });
  }

  ask(gateway: Partial<Gateway>, request: Partial<Omit<ChatRequest, 'gateway'>> = {}): AnswerStream {
    return this.client.ask({
      gateway: gatewayWith(gateway),
      modelId: 'some-model',
      messages: [{ role: 'user', content: 'Hello?' }],
      parameters: {},
      timeouts: patient,
      ...request,
    });
  }

  async answer(
    gateway: Partial<Gateway>,
    request: Partial<Omit<ChatRequest, 'gateway'>> = {},
  ): Promise<Answer> {
    return await collect(this.ask(gateway, request));
  }
}

export function gatewayWith(facts: Partial<Gateway>): Gateway {
  return {
    id: 'test',
    name: 'Test Gateway',
    baseUrl: 'http://127.0.0.1:9/v1',
    auth: 'bearer',
    headers: {},
    models: [],
    extraBody: {},
    ...facts,
  };
}

/** Reads a stream to its end and checks that it has exactly one `ended` as its last part. */
export async function collect(stream: AnswerStream): Promise<Answer> {
  const parts: StreamPart[] = [];
  for await (const batch of stream) parts.push(...batch);
  return answerOf(parts);
}

/** Summarises the parts of one answer. */
export function answerOf(parts: readonly StreamPart[]): Answer {
  const last = parts.at(-1);
  const ends = parts.filter((part) => part.kind === 'ended');
  if (last?.kind !== 'ended' || ends.length !== 1) {
    throw new Error(`An answer needs exactly one end: ${JSON.stringify(parts)}`);
  }
  return {
    ...textsOf(parts),
    usage: parts.find((part) => part.kind === 'usage')?.usage,
    servedModel: parts.find((part) => part.kind === 'served-model')?.modelId,
    ending: last.ending,
    parts,
  };
}

/** Joins the text and the reasoning of one of `n` answers. */
export function textsOf(parts: readonly StreamPart[], choice = 0): { text: string; reasoning: string } {
  let text = '';
  let reasoning = '';
  for (const part of parts) {
    if (('choice' in part ? (part.choice ?? 0) : 0) !== choice) continue;
    if (part.kind === 'text') text += part.text;
    if (part.kind === 'reasoning') reasoning += part.text;
    if (part.kind === 'text-was-reasoning') {
      reasoning += text.slice(text.length - part.length);
      text = text.slice(0, text.length - part.length);
    }
  }
  return { text, reasoning };
}

/** The ending of an answer as one line: `completed stop`, `failed unauthorized`. */
export function summary({ ending }: Pick<Answer, 'ending'>): string {
  switch (ending.outcome) {
    case 'completed':
      return `completed ${ending.finishReason ?? 'null'}`;
    case 'cancelled':
      return 'cancelled';
    case 'failed':
    case 'truncated':
      return `${ending.outcome} ${ending.failure.kind}`;
  }
}
