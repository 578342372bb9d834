import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { exportJson } from '../../../src/core/exchange/importExchange';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import type { Log } from '../../../src/core/ports/log';
import { ViewStateFile } from '../../../src/host/storage/viewStateFile';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { ViewState } from '../../../src/shared/messages/viewState';
import { importChats } from '../../../src/storage/library/importChats';
import type { FileSystem } from '../../../src/storage/files/fileSystem';
import {
  answerEvent,
  endEvent,
  exampleSteps,
  promptEvent,
  textEvent,
} from '../../support/storage/exampleEvents';
import { rememberingLog } from '../../support/storage/workplace';
import { reduceAll } from '../../unit/shared/reduceAll';
import { draftsPath, type Inventory } from './inventory';

/** What a window uses on its disk. */
export interface Desk {
  readonly store: ConversationStore;
  readonly drafts: ViewStateFile;
}

/** A window in a library. */
export function openDesk(folder: string, fileSystem: FileSystem, log: Log): Desk {
  const store = createConversationStore({ folder, log, now: () => 1, fileSystem });
  return { store, drafts: new ViewStateFile(draftsPath(folder), log, fileSystem) };
}

/** An act of a window that uses the disk. */
export interface Scenario {
  readonly act: (desk: Desk) => Promise<unknown>;
  /** True if the act changes the library. Other acts are repeated when the disk works again. */
  readonly isChange: boolean;
  /** True if the user must repeat the act after a failure; otherwise it succeeds by itself. */
  readonly isAskedAgain: boolean;
  /** The conversation and the events that the act appends. After a failure, only the first events may be there. */
  readonly appends: { readonly id: string; readonly events: readonly ConversationEvent[] } | null;
  /** The part of the result that can be compared. */
  readonly view: (outcome: unknown) => unknown;
  /** The part of the library that can be compared. */
  readonly sum: (inventory: Inventory) => unknown;
}

const same = (value: unknown): unknown => value;
const change = (act: Scenario['act']): Scenario => {
  return { act, isChange: true, isAskedAgain: false, appends: null, view: same, sum: same };
};
const question = (act: Scenario['act']): Scenario => {
  return { act, isChange: false, isAskedAgain: false, appends: null, view: same, sum: same };
};
const append = (id: string, ...events: ConversationEvent[]): Scenario => ({
  ...change(({ store }) => store.append(id, events)),
  appends: { id, events },
});
const lastWords = [answerEvent('late', 'p'), textEvent('late', 'At the last moment.')];

const draft = (text: string): ViewState => ({
  changedAt: text.length,
  views: [{ key: 'c1', draft: text, anchor: null }],
});

const chatFile = (): Buffer => {
  const chats = ['One', 'Two'].map((title) => {
    const events = [promptEvent('p', title), answerEvent('a', 'p'), textEvent('a', title), endEvent('a')];
    return exportJson(reduceAll('c', events), title);
  });
  return Buffer.from(`[${chats.join()}]`);
};

/** All acts of a window that use the disk, by the name that a user would give them. */
export const failingDiskScenarios: Readonly<Record<string, Scenario>> = {
  'append to a chat': append('c1', answerEvent('a9', 'p'), textEvent('a9', 'Again.'), endEvent('a9')),
  'begin a chat': append(
    'new',
    { kind: 'conversation-created', id: 'new', at: 1 },
    promptEvent('p', 'New', 2),
  ),
  'rename a chat': append('c1', { kind: 'title-changed', title: 'Renamed', source: 'user', at: 5 }),
  'pin a chat': append('c1', { kind: 'pin-changed', pinned: true, at: 5 }),
  'delete a chat': { ...change(({ store }) => store.remove('c1')), isAskedAgain: true },
  'bring back a chat': { ...change(({ store }) => store.restore('gone')), isAskedAgain: true },
  'import chats': {
    ...change(({ store }) => importChats(chatFile(), { store, now: () => 1, onProgress: () => undefined })),
    // New ids each time. After a failure, the imported chats are in the trash, or the error reports those that remain.
    view: (ids) => Array.isArray(ids) && ids.length,
    sum: ({ list }) => list.filter(({ title }) => title !== 'One' && title !== 'Two'),
  },
  'export a chat': question(async ({ store }) => {
    const conversation = await store.load('c1');
    return conversation && exportJson(conversation, 'Title');
  }),
  'open a chat': question(({ store }) => store.load('c2')),
  'list the chats': question(({ store }) => store.list()),
  'search the chats': question(({ store }) => store.search('rayleigh')),
  'save a draft': change(async ({ drafts }) => {
    drafts.save(draft('A new draft'));
    await drafts.flush();
  }),
  'read the drafts': question(({ drafts }) => drafts.load()),
  'close the window': {
    ...change(async ({ store, drafts }) => {
      const written = store.append('c3', lastWords);
      drafts.save(draft('Half a thought'));
      await Promise.all([written, store.list()]);
      await Promise.all([store.flush(), drafts.flush()]);
    }),
    appends: { id: 'c3', events: lastWords },
  },
};

/** All states of a conversation of the example library while a scenario appends to it. */
export function statesOf(id: string, { appends }: Scenario): Conversation[] {
  const events = appends?.id === id ? appends.events : [];
  return [...events, undefined].map((_, count) =>
    reduceAll(id, [...preparedEvents(id), ...events.slice(0, count)]),
  );
}

function preparedEvents(id: string): ConversationEvent[] {
  const title = { kind: 'title-changed' as const, title: 'Light', source: 'user' as const, at: 9 };
  return [...exampleSteps(id).flat(), ...(id === 'c2' ? [title] : [])];
}

/** Creates the library with which each scenario begins: three chats, one of them in the trash, an index, texts and drafts. */
export async function prepareLibrary(folder: string): Promise<void> {
  const log = rememberingLog();
  const store = createConversationStore({ folder, log, now: Date.now });
  for (const id of ['c1', 'c2', 'c3', 'gone']) await store.append(id, exampleSteps(id).flat());
  await store.remove('gone');
  await store.search('rayleigh');
  // A conversation whose present state is neither in the index nor in the texts.
  await store.append('c2', preparedEvents('c2').slice(-1));
  await store.flush();
  const drafts = new ViewStateFile(draftsPath(folder), log);
  drafts.save(draft('An old draft'));
  await drafts.flush();
}
