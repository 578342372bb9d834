import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationStore } from '../../../src/core/ports';
import { createConversationStore } from '../../../src/storage/library';
import { mapConcurrently } from '../../../src/storage/mapConcurrently';
import type { Figure } from '../figure';
import { chatEvents, journalOf } from './exampleChat';
import { processTime, processorTime } from '../processorTime';
import { inAllSizes, measureGrowth } from './sizes';

/** Chats in the smallest history. */
const least = 100;

const concurrentFiles = 32;
const opened = 30;

/** A history on disk. */
interface History {
  readonly folder: string;
  readonly size: number;
  readonly store: ConversationStore;
}

/** What listing, searching, opening and writing cost with 100, 1,000 and 10,000 chats. */
export async function measureChats(folder: string): Promise<Figure[]> {
  const histories = await inAllSizes(least, (size) => makeHistory(join(folder, `history-${size}`), size));
  return [
    await measureGrowth({
      name: 'growth-chats-list',
      unit: 'ms',
      things: histories,
      growth: 'linear',
      measure: ({ folder: place }) => milliseconds(() => storeIn(place).list()),
      floor: ({ folder: place }) => milliseconds(() => lookAtAll(join(place, 'conversations'))),
    }),
    await measureGrowth({
      name: 'growth-chats-search',
      unit: 'ms',
      things: histories,
      growth: 'linear',
      // Another store each time: the same one would remember what has not got the word.
      measure: ({ folder: place }) => milliseconds(() => storeIn(place).search('nowhere-to-be-found')),
      floor: ({ folder: place }) => milliseconds(() => readAll(join(place, 'texts'))),
    }),
    await measureGrowth({
      name: 'growth-chats-open',
      unit: 'µs',
      things: histories,
      growth: 'flat',
      measure: ({ store, size }) => costOfEach(size, (id) => store.load(id)),
    }),
    await measureGrowth({
      name: 'growth-chats-append',
      unit: 'µs',
      things: histories,
      growth: 'flat',
      measure: ({ store, size }) =>
        costOfEach(size, (id) => store.append(id, [{ kind: 'pin-changed', pinned: false, at: 0 }])),
    }),
  ];
}

async function makeHistory(folder: string, size: number): Promise<History> {
  await mkdir(join(folder, 'conversations'), { recursive: true });
  const ids = Array.from({ length: size }, (_, index) => idOf(index));
  await mapConcurrently(ids, concurrentFiles, (id) =>
    writeFile(join(folder, 'conversations', `${id}.jsonl`), journalOf(chatEvents(id, 4, 500))),
  );
  const store = storeIn(folder);
  await store.search('what makes the texts');
  await store.flush();
  return { folder, size, store };
}

function storeIn(folder: string): ConversationStore {
  const ignore = (): void => undefined;
  const log = { info: ignore, warn: ignore, error: ignore };
  return createConversationStore({ folder, log, now: Date.now });
}

function idOf(index: number): string {
  return `chat-${index}`;
}

/** The processor time of something that is done with thirty chats from all over the history, for one of them. */
async function costOfEach(size: number, action: (id: string) => Promise<unknown>): Promise<number> {
  const time = await processorTime(async () => {
    for (let count = 0; count < opened; count += 1) await action(idOf(Math.floor((count * size) / opened)));
  });
  return time / opened;
}

/** The processor time of all threads, in milliseconds. */
async function milliseconds(action: () => Promise<unknown>): Promise<number> {
  return (await processTime(action)) / 1_000;
}

/** The floor: whoever lists a folder whose files may have changed has to look at each. */
async function lookAtAll(folder: string): Promise<void> {
  const names = await readdir(folder);
  await mapConcurrently(names, concurrentFiles, (name) => stat(join(folder, name)));
}

/** The floor: whoever searches has to read. */
async function readAll(folder: string): Promise<void> {
  const names = await readdir(folder);
  await mapConcurrently(names, concurrentFiles, (name) => readFile(join(folder, name), 'utf8'));
}
