import { messageText } from '../../../src/shared/conversation/conversation';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerStream } from '../../../src/core/ports/answerStream';
import type { ChatClient, ChatRequest } from '../../../src/core/ports/chatClient';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import { Session, type SessionPorts } from '../../../src/core/conversation/session';
import { TokenCounter } from '../../../src/core/prompt/tokenCounter';
import { directNetwork } from '../../../src/gateway/network/networkSettings';
import { PartQueue } from '../../../src/gateway/reply/partQueue';
import { prepareChatRequest } from '../../../src/gateway/endpoints/prepareChatRequest';
import { ViewSync } from '../../../src/host/panel/viewSync';
import type { ConversationSnapshot } from '../../../src/shared/messages/toView';
import { restoreSnapshot, takeSnapshot } from '../../../src/shared/messages/takeSnapshot';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { demoTarget } from '../../support/corePorts';
import type { Figure } from '../figure';
import { chatEvents, chatOf, journalOf } from './exampleChat';
import { processorTime } from '../processorTime';
import { inAllSizes, measureGrowth } from './sizes';

/** Messages of the shortest conversation. */
const least = 10;

const deltas = 2_000;
const appends = 30;
const submits = 10;

/** A conversation on disk, and what it is in memory. */
interface Chat {
  readonly id: string;
  readonly file: string;
  readonly snapshot: ConversationSnapshot;
}

/** What a delta, an append, a prompt and opening cost in conversations of 10, 100 and 1,000 messages. */
export async function measureConversations(folder: string): Promise<Figure[]> {
  await mkdir(join(folder, 'conversations'), { recursive: true });
  const store = createConversationStore({ folder, log: silentLog, now: Date.now });
  const chats = await inAllSizes(least, async (size): Promise<Chat> => {
    const id = `chat-${size}`;
    const events = chatEvents(id, size);
    const file = join(folder, 'conversations', `${id}.jsonl`);
    await writeFile(file, journalOf(events));
    return { id, file, snapshot: takeSnapshot(chatOf(events)) };
  });
  const streaming = await inAllSizes(least, (size) =>
    beginAnswer(takeSnapshot(chatOf(chatEvents(`streaming-${size}`, size))), store),
  );
  const client = new PreparingClient();
  const counter = new TokenCounter(new Map());
  const figures = [
    await measureGrowth({
      name: 'growth-conversation-delta',
      unit: 'µs',
      things: streaming,
      growth: 'flat',
      measure: (answer) => costOfDeltas(answer, store),
    }),
    await measureGrowth({
      name: 'growth-conversation-append',
      unit: 'µs',
      things: chats,
      growth: 'flat',
      measure: (chat) => costOfAppends(chat, store),
    }),
    await measureGrowth({
      name: 'growth-conversation-submit',
      unit: 'µs',
      things: chats,
      growth: 'linear',
      measure: ({ snapshot }) => costOfSubmits(snapshot, client, counter),
      floor: ({ snapshot }) => costOfWriting(snapshot),
    }),
    await measureGrowth({
      name: 'growth-conversation-open',
      unit: 'µs',
      things: chats,
      growth: 'linear',
      measure: ({ id }) => processorTime(() => store.load(id)),
      floor: ({ file }) => processorTime(() => parseLines(file)),
    }),
  ];
  for (const { end } of streaming.values()) end();
  await store.flush();
  return figures;
}

const silentLog = { info: ignore, warn: ignore, error: ignore };

/** An answer that streams through session, journal and the way to the view. */
interface StreamingAnswer {
  readonly add: (text: string) => void;
  readonly end: () => void;
}

function beginAnswer(snapshot: ConversationSnapshot, store: ConversationStore): StreamingAnswer {
  const queue = newQueue();
  const session = new Session(
    restoreSnapshot(snapshot),
    portsWith({ client: { ask: () => queue, listModels: noModels }, store }),
  );
  let sent = 0;
  // VS Code writes each message as JSON.
  const sync = new ViewSync(
    (message) => (sent += JSON.stringify(message).length),
    performance.now.bind(performance),
  );
  sync.show(session, emptyState);
  session.submit('And then?', [], demoTarget);
  return {
    add: (text) => {
      queue.addText('text', text);
    },
    end: () => {
      queue.end({ outcome: 'completed', finishReason: 'stop' });
      sync.dispose();
    },
  };
}

async function costOfDeltas({ add }: StreamingAnswer, store: ConversationStore): Promise<number> {
  const time = await processorTime(async () => {
    for (let count = 0; count < deltas; count += 1) {
      add('word ');
      await nextTurn();
    }
    await store.flush();
  });
  return time / deltas;
}

async function costOfAppends({ id }: Chat, store: ConversationStore): Promise<number> {
  const time = await processorTime(async () => {
    for (let count = 0; count < appends; count += 1) {
      const title = `How it works, said ${count} times`;
      await store.append(id, [{ kind: 'title-changed', title, source: 'user', at: Date.now() }]);
    }
  });
  return time / appends;
}

/** From the prompt to the bytes of the request; each in a conversation of the same length. */
async function costOfSubmits(
  snapshot: ConversationSnapshot,
  client: PreparingClient,
  counter: TokenCounter,
): Promise<number> {
  let time = 0;
  for (let count = 0; count < submits; count += 1) {
    const session = new Session(
      restoreSnapshot(snapshot),
      portsWith({ client, store: forgetfulStore, counter }),
    );
    time += await processorTime(async () => {
      session.submit(`What else, for the ${count}th time?`, [], demoTarget);
      await client.prepared();
    });
    await session.stop();
  }
  return time / submits;
}

/** The floor: the whole conversation has to be written as JSON. */
async function costOfWriting({ messages }: ConversationSnapshot): Promise<number> {
  const time = await processorTime(() => {
    for (let count = 0; count < submits; count += 1) {
      const wire = messages.map((message) => ({ role: message.role, content: messageText(message) }));
      if (JSON.stringify({ model: 'model', stream: true, messages: wire }) === '')
        throw new Error('Nothing.');
    }
  });
  return time / submits;
}

/** The floor: each line of the journal has to be read and parsed. */
async function parseLines(file: string): Promise<void> {
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (line !== '') JSON.parse(line.slice(line.indexOf(' ') + 1));
  }
}

/** Prepares the request's bytes as the real client does, and sends them nowhere. */
class PreparingClient implements ChatClient {
  readonly listModels = noModels;
  private preparing: Promise<unknown> = Promise.resolve();

  ask(request: ChatRequest): AnswerStream {
    this.preparing = prepareChatRequest(request, { read: () => Promise.resolve('key') }, directNetwork);
    return newQueue();
  }

  async prepared(): Promise<void> {
    await this.preparing;
  }
}

function newQueue(): PartQueue {
  const queue: PartQueue = new PartQueue({
    pause: ignore,
    resume: ignore,
    cancel: () => {
      queue.end({ outcome: 'cancelled' });
    },
  });
  return queue;
}

function portsWith(ports: {
  readonly client: ChatClient;
  readonly store: ConversationStore;
  readonly counter?: TokenCounter;
}): SessionPorts {
  return {
    counter: new TokenCounter(new Map()),
    ...ports,
    log: silentLog,
    now: Date.now,
    newId: () => crypto.randomUUID(),
  };
}

const forgetfulStore: ConversationStore = {
  list: () => Promise.resolve([]),
  search: () => Promise.resolve([]),
  load: () => Promise.resolve(undefined),
  append: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  restore: () => Promise.resolve(),
  flush: () => Promise.resolve(),
};

const emptyState = {
  model: null,
  gateways: [],
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};

function noModels(): Promise<{ models: [] }> {
  return Promise.resolve({ models: [] });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function ignore(): void {
  // Nothing is to be told.
}
