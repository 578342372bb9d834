import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import type { Session } from '../../../src/core/conversation/session';
import { SessionPool } from '../../../src/core/conversation/sessionPool';
import { Sessions } from '../../../src/core/conversation/sessions';
import type { Target } from '../../../src/core/prompt/target';
import { TokenCounter } from '../../../src/core/prompt/tokenCounter';
import { createLazyChatClient } from '../../../src/gateway/createLazyChatClient';
import type { HttpChatClient } from '../../../src/gateway/httpChatClient';
import { InMemoryUnsupportedParameters } from '../../../src/gateway/unsupportedParameters/inMemoryUnsupportedParameters';
import { directNetwork } from '../../../src/gateway/network/networkSettings';
import type { AssistantMessage, Conversation } from '../../../src/shared/conversation/conversation';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import type { Plan } from './numberedText';

/** What the extension host holds, but for VS Code: wired as `src/host/compose.ts` does it. */
export interface HostStack {
  readonly sessions: Sessions;
  readonly client: HttpChatClient;
  readonly store: ConversationStore;
  /** What went to the log as a warning or an error. */
  readonly problems: string[];
  /** Whom to ask for a stream like this. */
  target(plan: Plan): Target;
  /** The answer of a conversation as a window that is opened now would read it from the disk; undefined when there is none. */
  answerOnDisk(id: string): Promise<AssistantMessage | undefined>;
}

/** The real stack: a client over loopback, sessions, journals in `folder`. */
export function openHostStack(port: number, folder: string): HostStack {
  const problems: string[] = [];
  const note = (message: string): void => void problems.push(message);
  const log = { info: () => undefined, warn: note, error: note };
  const now = (): number => Date.now();
  const client = createLazyChatClient({
    keys: { read: () => Promise.resolve('sk-load-0123456789abcdef') },
    log,
    network: () => directNetwork,
    unsupportedParameters: new InMemoryUnsupportedParameters(),
  });
  const openStore = (): ConversationStore => createConversationStore({ folder, log, now });
  const store = openStore();
  const sessions = new Sessions(
    new SessionPool({
      ...{ client, store, log, now },
      counter: new TokenCounter(new Map()),
      newId: () => crypto.randomUUID(),
    }),
  );
  const gateway = {
    id: 'load',
    name: 'Load',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    auth: 'bearer',
    headers: {},
    models: [],
    extraBody: {},
  } as const;
  return {
    sessions,
    client,
    store,
    problems,
    target: (plan) => ({
      model: { gatewayId: 'load', modelId: JSON.stringify(plan) },
      modelName: 'Load',
      instructions: [],
      contextWindow: null,
      maxOutput: null,
      route: { gateway, parameters: {}, timeouts: { connect: 60, firstToken: 120, idle: 120 } },
    }),
    async answerOnDisk(id) {
      const conversation = await openStore().load(id);
      return conversation && answerOf(conversation);
    },
  };
}

/** The one answer of a conversation. */
export function answerOf(conversation: Conversation): AssistantMessage | undefined {
  for (const message of conversation.messages.values()) if (message.role === 'assistant') return message;
  return undefined;
}

/** Resolves when the conversation has no answer under way any longer. */
export function untilAnswered(session: Session): Promise<void> {
  return new Promise((resolve) => {
    const listening = session.answeringChanged.on((answering) => {
      if (answering) return;
      listening.dispose();
      resolve();
    });
  });
}

/** Looks again and again until there is something, for a minute at most. */
export async function untilThere<Thing>(
  look: () => Promise<Thing | undefined> | Thing | undefined,
): Promise<Thing | undefined> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
