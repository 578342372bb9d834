import { deepStrictEqual, equal, rejects } from 'node:assert/strict';
import type { ConversationStore } from '../../../../src/core/ports/conversationStore';
import { exportJson } from '../../../../src/core/exchange/importExchange';
import { HalfImported, importChats } from '../../../../src/storage/library/importChats';
import { FaultyFileSystem } from '../../../support/storage/faultyFileSystem';
import { exampleSteps } from '../../../support/storage/exampleEvents';
import { useFolder } from '../../../support/storage/workplace';
import { reduceAll } from '../../shared/reduceAll';

describe('importChats', () => {
  const folder = useFolder();
  const file = (titles: readonly string[]): Buffer => {
    const chat = reduceAll('c', exampleSteps('c').flat());
    return Buffer.from(`[${titles.map((title) => exportJson(chat, title)).join()}]`);
  };
  const importInto = (store: ConversationStore, bytes: Buffer): Promise<readonly string[]> =>
    importChats(bytes, { store, now: () => 1, onProgress: () => undefined }).then(({ ids }) => ids);

  it('writes every chat of a file', async () => {
    const ids = await importInto(folder.open(), file(['one', 'two', 'three']));
    equal(ids.length, 3);
    deepStrictEqual((await folder.open().list()).map(({ id }) => id).sort(), ids.toSorted());
  });

  it('returns the chat that changed last as the last id, in any order of the file', async () => {
    const chat = (title: string, seconds: number): unknown => ({
      title,
      create_time: 5,
      mapping: {
        u: {
          parent: null,
          children: [],
          message: {
            author: { role: 'user' },
            create_time: seconds,
            content: { content_type: 'text', parts: ['Hi'] },
          },
        },
      },
    });
    const newestFirst = [chat('new', 900), chat('middle', 500), chat('old', 100)];
    for (const chats of [newestFirst, newestFirst.toReversed(), [1, 0, 2].map((at) => newestFirst[at])]) {
      const store = folder.open();
      const ids = await importInto(store, Buffer.from(JSON.stringify(chats)));
      equal((await store.load(ids.at(-1) ?? ''))?.title, 'new');
    }
  });

  it('leaves out a chat that cannot be read and names it', async () => {
    const circle = { mapping: { a: { parent: 'b', children: [] }, b: { parent: 'a', children: [] } } };
    const good = JSON.parse(file(['one', 'two', 'three']).toString()) as unknown[];
    const chats = [...good, circle, { other: 1 }, ...good];
    const store = folder.open();
    const options = { store, now: () => 1, onProgress: () => undefined };
    const { ids, problems } = await importChats(Buffer.from(JSON.stringify(chats)), options);
    equal(ids.length, 6);
    equal((await store.list()).length, 6);
    deepStrictEqual(
      problems.map(({ kind, chat }) => [kind, chat]),
      [
        ['damaged', 4],
        ['unknown-format', 5],
      ],
    );
    await rejects(importChats(Buffer.from(JSON.stringify([circle, circle])), options), {
      kind: 'damaged',
      chat: 1,
    });
  });

  it('keeps no chat if one cannot be written', async () => {
    let appends = 0;
    const disk = new FaultyFileSystem((_, operation) =>
      operation === 'append' && ++appends > 2 ? 'beforehand' : 'fine',
    );
    const store = folder.open({ fileSystem: disk });
    await rejects(importInto(store, file(['one', 'two', 'three'])), /The disk failed/);
    deepStrictEqual(await folder.open().list(), []);
  });

  it('reports how many chats remain if they cannot be removed', async () => {
    let appends = 0;
    const disk = new FaultyFileSystem((_, operation) => {
      if (operation === 'append') appends += 1;
      return appends > 2 ? 'beforehand' : 'fine';
    });
    const store = folder.open({ fileSystem: disk });
    await rejects(
      importInto(store, file(['one', 'two', 'three'])),
      (error) => error instanceof HalfImported && error.count === 3,
    );
  });
});
