import { join } from 'node:path';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import type { Figure } from '../figure';
import { idOf, lookAtAll, makeLibrary, readAll, storeIn } from './exampleLibrary';
import { processTime, processorTime } from '../processorTime';
import { inAllSizes, measureGrowth } from './sizes';

/** Chats in the smallest history. */
const least = 100;

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
      floor: ({ folder: place }) => milliseconds(() => lookAtAll(place)),
    }),
    await measureGrowth({
      name: 'growth-chats-search',
      unit: 'ms',
      things: histories,
      growth: 'linear',
      // Another store each time: the same one would remember what has not got the word.
      measure: ({ folder: place }) => milliseconds(() => storeIn(place).search('nowhere-to-be-found')),
      floor: ({ folder: place }) => milliseconds(() => readAll(place)),
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
  return { folder, size, store: await makeLibrary(folder, size) };
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
