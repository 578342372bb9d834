import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { appendFile, mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import { readCheckedJson, toCheckedJson } from '../../../src/storage/files/checksumOf';
import { FaultyFileSystem } from '../../support/storage/faultyFileSystem';
import {
  answerEvent,
  endEvent,
  exampleSteps,
  promptEvent,
  textEvent,
} from '../../support/storage/exampleEvents';
import { rememberingLog, useFolder } from '../../support/storage/workplace';

describe('list of conversations', () => {
  const folder = useFolder();

  function openStore(fileSystem = new FaultyFileSystem(), log = rememberingLog()): ConversationStore {
    return folder.open({ log, fileSystem });
  }

  const indexPath = (): string => join(folder.path, 'index.json');

  it('is sorted by the last prompt or answer, newest first', async () => {
    const store = openStore();
    await store.append('early', [promptEvent('p', 'Early', 10), answerEvent('a', 'p', 11)]);
    await store.append('middle', [promptEvent('p', 'Middle', 20)]);
    await store.append('late', [promptEvent('p', 'Late', 30)]);
    const idsNow = async (): Promise<string[]> => (await store.list()).map(({ id }) => id);
    deepStrictEqual(await idsNow(), ['late', 'middle', 'early']);
    await store.append('early', [endEvent('a', 40)]);
    deepStrictEqual(await idsNow(), ['early', 'late', 'middle']);
  });

  it('has the title, times, message count and models of a conversation', async () => {
    const store = openStore();
    await store.append('c', exampleSteps('c').flat());
    const expected = [
      {
        id: 'c',
        title: 'Sky',
        createdAt: 999,
        updatedAt: 1_003,
        messageCount: 2,
        pinned: false,
        failed: false,
        models: ['Model 1', 'model-1'],
      },
    ];
    deepStrictEqual(await store.list(), expected);
    await store.flush();
    deepStrictEqual(await openStore().list(), expected);
  });

  it('shows a new title at once', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p')]);
    await store.list();
    const renamed = store.append('c', [{ kind: 'title-changed', title: 'Colours', source: 'user', at: 5 }]);
    equal((await store.list())[0]?.title, 'Colours');
    await renamed;
  });

  it('uses the first prompt, shortened at a word, if a conversation has no title', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p', `\n  Why is ${'the sky '.repeat(20)}\nblue?`)]);
    const title = (await store.list())[0]?.title ?? '';
    ok(title.startsWith('Why is the sky') && title.length <= 60, title);
    ok(/( the| sky)…$/.test(title), title);
  });

  it('leaves out conversations without messages and files that are not journals', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p')]);
    await store.append('empty', [{ kind: 'conversation-created', id: 'empty', at: 1 }]);
    const conversations = join(folder.path, 'conversations');
    await writeFile(join(conversations, 'notes.txt'), 'hello');
    await writeFile(join(conversations, 'strange name.jsonl'), 'hello');
    await writeFile(join(conversations, 'garbage.jsonl'), 'hello\nworld');
    await mkdir(join(conversations, 'folder.jsonl'));
    deepStrictEqual(
      (await store.list()).map(({ id }) => id),
      ['c'],
    );
  });

  it('does not read an unchanged journal again', async () => {
    const first = openStore();
    for (let index = 0; index < 50; index += 1) await first.append(`c-${index}`, [promptEvent('p')]);
    const expected = await first.list();
    equal(expected.length, 50);
    await first.flush();

    const disk = new FaultyFileSystem();
    const second = openStore(disk);
    deepStrictEqual(await second.list(), expected);
    equal(disk.operations.filter((operation) => operation.startsWith('open')).length, 0);
    equal(disk.operations.filter((operation) => operation === 'readText').length, 1);

    await first.append('c-7', [promptEvent('q', 'More', 9_000)]);
    equal((await second.list())[0]?.id, 'c-7');
    equal(disk.operations.filter((operation) => operation.startsWith('open')).length, 1);
  });

  it('opens only a few of many journals at the same time', async () => {
    const store = openStore();
    const ids = Array.from({ length: 200 }, (_, index) => `c-${index}`);
    await Promise.all(ids.map((id) => store.append(id, [promptEvent('p')])));
    const disk = new FaultyFileSystem();
    equal((await openStore(disk).list()).length, 200);
    ok(disk.mostOpenFiles <= 16, String(disk.mostOpenFiles));
  });

  const damages: Record<string, (index: string) => string> = {
    'an index cut short': (index) => index.slice(0, index.length / 2),
    'an empty index': () => '',
    'an index of another version': (index) => changed(index, '"version":4', '"version":3'),
    'an index with a wrong entry': (index) => changed(index, '"sizes":[', '"sizes":[7,'),
    'an index with another title': (index) => index.replace('Why is the sky', 'Why is the sea'),
    'an index that is something else': () => '[1, 2]',
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`is complete again after ${name}`, async () => {
      const store = openStore();
      await store.append('c', [promptEvent('p')]);
      const expected = await store.list();
      await store.flush();
      const damaged = damage(await readFile(indexPath(), 'utf8'));
      await writeFile(indexPath(), damaged);
      const log = rememberingLog();
      const next = openStore(new FaultyFileSystem(), log);
      deepStrictEqual(await next.list(), expected);
      equal(log.lines.length, 1);
      equal(await readFile(join(folder.path, 'damaged', 'index.json'), 'utf8'), damaged);
      await next.flush();
      const disk = new FaultyFileSystem();
      deepStrictEqual(await openStore(disk).list(), expected);
      equal(disk.operations.filter((operation) => operation.startsWith('open')).length, 0);
    });
  }

  it('forgets removed conversations and leaves no temporary files', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p')]);
    await store.append('d', [promptEvent('p')]);
    await store.list();
    await store.remove('c');
    deepStrictEqual(
      (await store.list()).map(({ id }) => id),
      ['d'],
    );
    await store.flush();
    ok(!(await readFile(indexPath(), 'utf8')).includes('"c"'));
    deepStrictEqual((await readdir(folder.path)).sort(), ['conversations', 'index.json', 'trash']);
  });

  it('deletes temporary index files of killed windows but not of running ones', async () => {
    const store = folder.open({ now: Date.now });
    await store.append('c', [promptEvent('p')]);
    const left = `${indexPath()}.left.tmp`;
    const fresh = `${indexPath()}.fresh.tmp`;
    for (const path of [left, fresh]) await writeFile(path, '{');
    await utimes(left, 1, 1);
    await store.list();
    const names = await readdir(folder.path);
    ok(!names.includes('index.json.left.tmp') && names.includes('index.json.fresh.tmp'), names.join());
  });

  it('works when the index cannot be saved', async () => {
    const isIndexWrite = (operation: string): boolean => operation === 'writeFile' || operation === 'rename';
    for (const fate of ['beforehand', 'afterwards'] as const) {
      const disk = new FaultyFileSystem((_, operation) => (isIndexWrite(operation) ? fate : 'fine'));
      const log = rememberingLog();
      const store = openStore(disk, log);
      await store.append(fate, [promptEvent('p')]);
      ok((await store.list()).some(({ id }) => id === fate));
      await store.flush();
      ok(log.lines.some((line) => line.includes('could not be saved')));
      ok(!(await readdir(folder.path)).some((name) => name.endsWith('.tmp')));
    }
  });

  it('shows the other conversations and logs an error if one journal cannot be read', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p')]);
    await store.append('d', [promptEvent('p')]);
    let isFirst = true;
    const disk = new FaultyFileSystem((_, operation) => {
      if (operation !== 'open read' || !isFirst) return 'fine';
      isFirst = false;
      return 'beforehand';
    });
    const log = rememberingLog();
    const next = openStore(disk, log);
    equal((await next.list()).length, 1);
    ok(log.lines.some((line) => line.includes('could not be read')));
    equal((await next.list()).length, 2);
  });

  it('logs a damaged line once, not for every listing', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p'), answerEvent('a', 'p'), textEvent('a', 'Hello')]);
    await appendFile(join(folder.path, 'conversations', 'c.jsonl'), '\ntorn');
    const log = rememberingLog();
    const next = openStore(new FaultyFileSystem(), log);
    await next.list();
    await next.list();
    equal(log.lines.filter((line) => line.includes('1 damaged')).length, 1);
  });
});

/** An index with this content and a correct checksum, so that it does not count as damaged. */
function changed(index: string, from: string, to: string): string {
  const text = JSON.stringify(readCheckedJson(index)).replace(from, to);
  return toCheckedJson(JSON.parse(text));
}
