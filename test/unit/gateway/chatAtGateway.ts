import { Session } from '../../../src/core/conversation/session';
import type { Target } from '../../../src/core/prompt/target';
import { InMemoryUnsupportedParameters } from '../../../src/gateway/unsupportedParameters/inMemoryUnsupportedParameters';
import type { Attachment } from '../../../src/shared/conversation/attachment';
import {
  emptyConversation,
  selectedPath,
  type AssistantMessage,
} from '../../../src/shared/conversation/conversation';
import { demoTarget, memoryPorts } from '../../support/corePorts';
import { RawServer } from '../../support/rawServer';
import { gatewayWith, patient, TestClient } from './asking';
import { done, event, finish, reply } from './replies';

/** The body of a request, as a gateway reads it. */
export type SentBody = Readonly<Record<string, unknown>> & {
  readonly messages: readonly SentMessage[];
};

export type SentMessage = Readonly<Record<string, unknown>> & {
  readonly role: string;
  readonly content?: unknown;
};

/** The HTTP status and the body of an error; undefined for an answer. */
export type Refusal = readonly [status: number, body: unknown] | undefined;

/** Options of a chat. */
export interface ChatOptions {
  readonly modelId?: string;
  /** The deltas of each answer in order. The last one repeats. */
  readonly answers?: readonly (readonly object[])[];
  readonly target?: Partial<Target>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly extraBody?: Readonly<Record<string, unknown>>;
  readonly unsupportedParameters?: InMemoryUnsupportedParameters;
}

/** A chat with a local gateway that checks each request and rejects some of them. */
export class ChatAtGateway {
  readonly session: Session;
  readonly unsupportedParameters: InMemoryUnsupportedParameters;
  private readonly client: TestClient;
  private answered = 0;

  private constructor(
    private readonly server: RawServer,
    readonly target: Target,
    options: ChatOptions,
  ) {
    this.unsupportedParameters = options.unsupportedParameters ?? new InMemoryUnsupportedParameters();
    this.client = new TestClient(() => Promise.resolve(undefined), {
      unsupportedParameters: this.unsupportedParameters,
    });
    this.session = new Session(emptyConversation('chat', 0), {
      ...memoryPorts(),
      client: this.client.client,
    });
  }

  static async start(refuse: (body: SentBody) => Refusal, options: ChatOptions = {}): Promise<ChatAtGateway> {
    const { answers = [[{ content: 'Hi' }]], modelId = 'some-model' } = options;
    const chat: { at?: ChatAtGateway } = {};
    const server = await RawServer.start(async (exchange) => {
      const refusal = refuse(JSON.parse(exchange.body) as SentBody);
      const deltas = answers[Math.min(chat.at?.answered ?? 0, answers.length - 1)] ?? [];
      if (refusal === undefined && chat.at !== undefined) chat.at.answered += 1;
      await exchange.write(refusal === undefined ? streamed(deltas) : refused(refusal));
      exchange.end();
    });
    const { extraBody = {}, parameters = {}, target = {} } = options;
    chat.at = new ChatAtGateway(
      server,
      {
        ...demoTarget,
        model: { gatewayId: 'test', modelId },
        route: {
          gateway: gatewayWith({ baseUrl: server.baseUrl, auth: 'none', extraBody }),
          parameters,
          timeouts: patient,
        },
        ...target,
      },
      options,
    );
    return chat.at;
  }

  /** Sends a prompt. Resolves with the answer when it has ended. */
  async ask(
    text: string,
    attachments: readonly Attachment[] = [],
    target = this.target,
  ): Promise<AssistantMessage> {
    const ended = new Promise<void>((resolve) => {
      this.session.answeringChanged.on((answering) => {
        if (!answering) resolve();
      });
    });
    this.session.submit(text, attachments, target);
    await ended;
    const answer = selectedPath(this.session.conversation).at(-1);
    if (answer?.role !== 'assistant') throw new Error('There is no answer.');
    return answer;
  }

  /** The bodies of all requests so far. */
  get bodies(): readonly SentBody[] {
    return this.server.requests.map(({ body }) => JSON.parse(body) as SentBody);
  }

  /** The last request. */
  get lastBody(): string {
    return this.server.requests.at(-1)?.body ?? '';
  }

  async stop(): Promise<void> {
    await this.client.client.dispose();
    await this.server.stop();
  }
}

function streamed(deltas: readonly object[]): Uint8Array {
  const chunks = deltas.map((delta) => event({ choices: [{ index: 0, delta, finish_reason: null }] }));
  const reason = deltas.some((delta) => 'tool_calls' in delta) ? 'tool_calls' : 'stop';
  return reply(chunks.join('') + finish(reason) + done);
}

function refused([status, body]: NonNullable<Refusal>): Uint8Array {
  return reply(JSON.stringify(body), { status: `${status} No`, headers: ['Content-Type: application/json'] });
}
