import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import { createConversationStore } from '../../../src/storage/library/createConversationStore';
import { mapConcurrently } from '../../../src/storage/files/mapConcurrently';
import { chatEvents, journalOf } from './exampleChat';

const concurrentFiles = 32;

/** Fills a folder with chats of four messages, and lets a store make its caches, as after some use. */
export async function makeLibrary(folder: string, size: number): Promise<ConversationStore> {
  await mkdir(join(folder, 'conversations'), { recursive: true });
  const ids = Array.from({ length: size }, (_, index) => idOf(index));
  await mapConcurrently(ids, concurrentFiles, (id) =>
    writeFile(join(folder, 'conversations', `${id}.jsonl`), journalOf(chatEvents(id, 4, 500))),
  );
  const store = storeIn(folder);
  await store.search('what makes the texts');
  await store.flush();
  return store;
}

/** The store of a folder, in a window that knows nothing of it yet. */
export function storeIn(folder: string): ConversationStore {
  const ignore = (): void => undefined;
  const log = { info: ignore, warn: ignore, error: ignore };
  return createConversationStore({ folder, log, now: Date.now });
}

/** The id of a chat, by its number from 0. */
export function idOf(index: number): string {
  return `chat-${index}`;
}

/** The floor of a list: each journal may have changed, so its size and time must be read. */
export async function lookAtAll(folder: string): Promise<void> {
  const journals = join(folder, 'conversations');
  const names = await readdir(journals);
  await mapConcurrently(names, concurrentFiles, (name) => stat(join(journals, name)));
}

/** The floor of a search: each journal must be read. */
export async function readAll(folder: string): Promise<void> {
  const journals = join(folder, 'conversations');
  const names = await readdir(journals);
  await mapConcurrently(names, concurrentFiles, (name) => readFile(join(journals, name), 'utf8'));
}
