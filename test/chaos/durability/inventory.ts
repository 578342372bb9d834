import { deepStrictEqual } from 'node:assert/strict';
import { join } from 'node:path';
import type { ConversationSummary } from '../../../src/core/ports/conversationStore';
import { ViewStateFile } from '../../../src/host/storage/viewStateFile';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { rememberingLog } from '../../support/storage/workplace';
import { reduceAll } from '../../unit/shared/reduceAll';
import { readJournals } from './journalFile';

/** Everything in a library, as another window would find it. */
export interface Inventory {
  /** The conversations in the list and in the trash. */
  readonly chats: ReadonlyMap<
    string,
    { readonly place: 'live' | 'removed'; readonly conversation: Conversation }
  >;
  readonly list: readonly ConversationSummary[];
  readonly drafts: unknown;
}

/** The path of the drafts of the tests' windows in a library. */
export function draftsPath(folder: string): string {
  return join(folder, 'views', 'viewState.json');
}

/** Reads everything with a working disk. */
export async function takeInventory(folder: string): Promise<Inventory> {
  const log = rememberingLog();
  const store = createConversationStore({ folder, log, now: () => 0 });
  const list = await store.list();
  const chats: [string, { place: 'live' | 'removed'; conversation: Conversation }][] = [];
  for (const [id] of await readJournals(join(folder, 'conversations'))) {
    const conversation = await store.load(id);
    if (conversation !== undefined) chats.push([id, { place: 'live', conversation }]);
  }
  for (const [id, { events }] of await readJournals(join(folder, 'trash'))) {
    chats.push([id, { place: 'removed', conversation: reduceAll(id, events) }]);
  }
  await store.flush();
  const drafts = await new ViewStateFile(draftsPath(folder), log).load();
  return { chats: new Map(chats), list, drafts };
}

/** True if two values are deeply equal. */
export function isSame(left: unknown, right: unknown): boolean {
  try {
    deepStrictEqual(left, right);
    return true;
  } catch {
    return false;
  }
}
