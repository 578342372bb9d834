import type { AnswerStream, StreamPart } from '../../src/core/ports/answerStream';
import type { ChatClient, ChatRequest } from '../../src/core/ports/chatClient';
import type {
  ConversationStore,
  ConversationSummary,
  SearchHit,
} from '../../src/core/ports/conversationStore';
import type { SessionPorts } from '../../src/core/conversation/session';
import type { InstructionText, Target } from '../../src/core/prompt/target';
import { TokenCounter } from '../../src/core/prompt/tokenCounter';
import { emptyConversation, type Conversation } from '../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../src/shared/conversation/conversationEvent';
import { reduce } from '../../src/shared/conversation/reduce';

/** An answer stream whose batches the test sends. */
export class ScriptedAnswer implements AnswerStream {
  cancelled = false;
  private readonly batches: (readonly StreamPart[])[] = [];
  private wake: (() => void) | undefined;
  private over = false;

  constructor(readonly request: ChatRequest) {}

  /** Sends a batch. A batch with `ended` is the last one. */
  send(...parts: StreamPart[]): void {
    if (this.over) return;
    this.batches.push(parts);
    this.over = parts.some(({ kind }) => kind === 'ended');
    this.wake?.();
  }

  /** Sends text and completes the answer. */
  complete(text: string): void {
    this.send(
      { kind: 'text', text },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } },
    );
  }

  cancel(): void {
    this.cancelled = true;
    this.send({ kind: 'ended', ending: { outcome: 'cancelled' } });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly StreamPart[]> {
    for (;;) {
      const batch = this.batches.shift();
      if (batch !== undefined) {
        yield batch;
        if (batch.some(({ kind }) => kind === 'ended')) return;
        continue;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

/** A client whose answers the test sends. */
export class ScriptedClient implements ChatClient {
  readonly answers: ScriptedAnswer[] = [];

  ask(request: ChatRequest): AnswerStream {
    const answer = new ScriptedAnswer(request);
    this.answers.push(answer);
    return answer;
  }

  listModels(): Promise<{ models: [] }> {
    return Promise.resolve({ models: [] });
  }

  /** The answer to the last request. */
  get last(): ScriptedAnswer {
    const answer = this.answers.at(-1);
    if (answer === undefined) throw new Error('Nothing was asked.');
    return answer;
  }
}

/** A store in memory with one list of events for each conversation. */
export class MemoryStore implements ConversationStore {
  readonly journals = new Map<string, ConversationEvent[]>();
  readonly trash = new Map<string, ConversationEvent[]>();

  list(): Promise<readonly ConversationSummary[]> {
    return Promise.resolve([]);
  }

  search(): Promise<readonly SearchHit[]> {
    return Promise.resolve([]);
  }

  load(id: string): Promise<Conversation | undefined> {
    const journal = this.journals.get(id);
    if (journal === undefined) return Promise.resolve(undefined);
    const conversation = emptyConversation(id, 0);
    for (const event of journal) reduce(conversation, event);
    return Promise.resolve(conversation);
  }

  append(id: string, events: readonly ConversationEvent[]): Promise<void> {
    if (this.trash.has(id)) return Promise.reject(new Error(`${id} is in the trash`));
    this.journals.set(id, [...(this.journals.get(id) ?? []), ...events]);
    return Promise.resolve();
  }

  remove(id: string): Promise<void> {
    this.trash.set(id, this.journals.get(id) ?? []);
    this.journals.delete(id);
    return Promise.resolve();
  }

  restore(id: string): Promise<void> {
    this.journals.set(id, this.trash.get(id) ?? []);
    this.trash.delete(id);
    return Promise.resolve();
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }
}

/** All ports of a session, in memory. `problems` collects the errors in the log. */
export function memoryPorts(): SessionPorts & {
  readonly client: ScriptedClient;
  readonly store: MemoryStore;
  readonly problems: string[];
} {
  const problems: string[] = [];
  let ids = 0;
  let time = 1_000;
  const silent = (): void => undefined;
  return {
    client: new ScriptedClient(),
    store: new MemoryStore(),
    problems,
    log: { info: silent, warn: silent, error: (message) => problems.push(message) },
    now: () => (time += 1),
    counter: new TokenCounter(new Map()),
    newId: () => `id-${(ids += 1)}`,
  };
}

/** The instructions of the setting `parley.instructions`. */
export function settingsInstructions(text: string): readonly InstructionText[] {
  return [{ source: 'settings', id: '', name: '', text, truncated: false }];
}

/** A target with a route. */
export const demoTarget: Target = {
  model: { gatewayId: 'demo', modelId: 'demo-1' },
  modelName: 'Demo',
  instructions: [],
  contextWindow: null,
  maxOutput: null,
  route: {
    gateway: {
      id: 'demo',
      name: 'Demo',
      baseUrl: 'http://127.0.0.1:1/v1',
      auth: 'none',
      headers: {},
      models: [],
      extraBody: {},
    },
    parameters: {},
    timeouts: { connect: 1, firstToken: 1, idle: 1 },
  },
};

/** Resolves after all pending promise callbacks have run. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
