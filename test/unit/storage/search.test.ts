import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { appendFile, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';
import { foldText } from '../../../src/storage/search/foldText';
import { answerEvent, endEvent, promptEvent, textEvent } from '../../support/storage/exampleEvents';
import { FaultyFileSystem } from '../../support/storage/faultyFileSystem';
import { rememberingLog, useFolder } from '../../support/storage/workplace';

describe('search in conversations', () => {
  const folder = useFolder();

  async function add(
    store: ConversationStore,
    id: string,
    prompt: string,
    ...pieces: string[]
  ): Promise<void> {
    const at = Number.parseInt(id.replaceAll(/\D/g, ''), 10) || 1;
    await store.append(id, [promptEvent('p', prompt, at), answerEvent('a', 'p', at)]);
    // A flush after each delta makes a separate line for each delta.
    for (const piece of pieces)
      await Promise.all([store.append(id, [textEvent('a', piece, at)]), store.flush()]);
    await store.append(id, [endEvent('a', at)]);
  }

  const idsFor = async (store: ConversationStore, query: string): Promise<string[]> =>
    (await store.search(query)).map(({ conversation }) => conversation.id);

  /** The files of the cache with a text of this conversation. */
  async function cachesWith(id: string): Promise<string[]> {
    const texts = join(folder.path, 'texts');
    const paths = (await readdir(texts)).map((name) => join(texts, name));
    const contents = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    return paths.filter((_, index) => contents[index]?.includes(`"${id}"`));
  }

  async function cacheWith(id: string): Promise<string> {
    const [path] = await cachesWith(id);
    ok(path !== undefined);
    return path;
  }

  it('finds a word that arrived in several deltas', async () => {
    const store = folder.open();
    await add(store, 'c1', 'Why is it blue?', 'Because of Ray', 'leigh scat', 'tering.');
    await add(store, 'c2', 'Hello', 'Good day.');
    deepStrictEqual(await idsFor(store, 'rayleigh SCATTERING'), ['c1']);
    const [hit] = await store.search('scattering');
    equal(hit?.excerpt, 'Why is it blue? Because of Rayleigh scattering.');
  });

  it('finds conversations with every word in the title or the text, without an excerpt if the title has all words', async () => {
    const store = folder.open();
    await add(store, 'c1', 'Painting fences', 'Take a brush.');
    await add(store, 'c2', 'Painting walls', 'Take a roller.');
    deepStrictEqual(await idsFor(store, 'painting brush'), ['c1']);
    deepStrictEqual(await idsFor(store, 'painting'), ['c2', 'c1']);
    equal((await store.search('painting'))[0]?.excerpt, null);
    equal((await idsFor(store, '   ')).length, 2);
  });

  it('finds conversations by the name and the id of a model, together with words of the text', async () => {
    const store = folder.open();
    await add(store, 'c1', 'Painting fences', 'Take a brush.');
    await add(store, 'c2', 'Painting walls', 'Take a roller.');
    deepStrictEqual(await idsFor(store, 'MODEL-1'), ['c2', 'c1']);
    deepStrictEqual(await idsFor(store, 'model 1 brush'), ['c1']);
    equal((await store.search('model-1'))[0]?.excerpt, null);
  });

  it('finds words of any script, in any case and any Unicode composition', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', '量子コンピュータとは何か、説明してください。');
    await add(store, 'c2', 'x', 'ΟΔΟΣ and STRAẞE and İstanbul');
    await add(store, 'c3', 'x', 'cafe\u0301 "quoted" \\ \u0001 tab\there');
    deepStrictEqual(await idsFor(store, 'コンピュータ'), ['c1']);
    deepStrictEqual(await idsFor(store, 'οδος'), ['c2']);
    deepStrictEqual(await idsFor(store, 'istanbul'), ['c2']);
    deepStrictEqual(await idsFor(store, 'CAFÉ'), ['c3']);
    deepStrictEqual(await idsFor(store, '"QUOTED" \\'), ['c3']);
    deepStrictEqual(await idsFor(store, 'appended'), []);
  });

  it('shows the text around the first match on one line', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', `${'before 😀\n'.repeat(100)}the needle\nis here ${'after '.repeat(100)}`);
    const excerpt = (await store.search('needle'))[0]?.excerpt ?? '';
    ok(/^….*the needle is here.*…$/.test(excerpt), excerpt);
    ok(excerpt.length <= 125 && excerpt.isWellFormed(), excerpt);
  });

  it('finds newly added text, also while the user continues to type', async () => {
    const store = folder.open();
    await add(store, 'c1', 'First', 'an apple');
    await add(store, 'c2', 'Second', 'a pear');
    deepStrictEqual(await idsFor(store, 'app'), ['c1']);
    await store.append('c2', [textEvent('a', ' and an apple')]);
    deepStrictEqual(await idsFor(store, 'appl'), ['c2', 'c1']);
    deepStrictEqual(await idsFor(store, 'pe'), ['c2']);
  });

  it('reads no unchanged journal again, and for a longer query no text without the shorter query', async () => {
    const first = folder.open();
    for (let index = 0; index < 40; index += 1) {
      await add(first, `c${index}`, 'x', index % 10 === 0 ? 'an apple' : 'a pear');
    }
    equal((await idsFor(first, 'apple')).length, 4);
    await first.flush();
    const disk = new FaultyFileSystem();
    const second = folder.open({ fileSystem: disk });
    const count = (operation: string): number => disk.operations.filter((name) => name === operation).length;
    equal((await idsFor(second, 'app')).length, 4);
    equal(count('open read'), 0);
    const before = count('readBytes');
    equal((await idsFor(second, 'apple')).length, 4);
    ok(count('readBytes') - before <= 4, String(count('readBytes') - before));
    ok(disk.mostOpenFiles <= 16, String(disk.mostOpenFiles));
  });

  it('changes no journal, and logs damage in a journal or in its cache', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', 'an apple');
    await add(store, 'c2', 'x', 'an apple');
    const journal = join(folder.path, 'conversations', 'c1.jsonl');
    await appendFile(journal, '\ntorn');
    const before = await readFile(journal);
    deepStrictEqual(await idsFor(store, 'apple'), ['c2', 'c1']);
    deepStrictEqual(await readFile(journal), before);
    await writeFile(await cacheWith('c1'), 'hello\nworld');
    const log = rememberingLog();
    deepStrictEqual(await idsFor(folder.open({ log }), 'apple'), ['c2', 'c1']);
    ok(log.lines.some((line) => line.includes('rebuilt from the journals')));
  });

  it('rebuilds a cached text in which a single letter has changed', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', 'an apple');
    await idsFor(store, 'apple');
    await store.flush();
    const path = await cacheWith('c1');
    await writeFile(path, (await readFile(path, 'utf8')).replace('apple', 'ample'));
    const log = rememberingLog();
    deepStrictEqual(await idsFor(folder.open({ log }), 'apple'), ['c1']);
    ok(log.lines.some((line) => line.includes('rebuilt from the journals')));
  });

  it('deletes temporary files of killed windows', async () => {
    const store = folder.open({ now: Date.now });
    await add(store, 'c1', 'x', 'an apple');
    await idsFor(store, 'apple');
    const path = await cacheWith('c1');
    const left = `${path}.left.tmp`;
    await writeFile(left, '{');
    await utimes(left, 1, 1);
    await idsFor(folder.open({ now: Date.now }), 'apple');
    deepStrictEqual(await readdir(join(folder.path, 'texts')), [basename(path)]);
  });

  it('works when its cache cannot be written', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', 'an apple');
    const disk = new FaultyFileSystem((_, operation) => (operation === 'writeFile' ? 'beforehand' : 'fine'));
    deepStrictEqual(await idsFor(folder.open({ fileSystem: disk }), 'apple'), ['c1']);
  });

  it('finds a conversation that could not be read before, also while the user continues to type', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', 'an apple');
    await store.list();
    await store.flush();
    let isBroken = true;
    const disk = new FaultyFileSystem((_, operation) =>
      isBroken && operation === 'open read' ? 'beforehand' : 'fine',
    );
    const next = folder.open({ fileSystem: disk });
    deepStrictEqual(await idsFor(next, 'app'), []);
    isBroken = false;
    deepStrictEqual(await idsFor(next, 'appl'), ['c1']);
  });

  it('leaves no text of a removed conversation', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', 'an apple');
    await add(store, 'c2', 'x', 'an apple');
    await idsFor(store, 'apple');
    equal((await cachesWith('c1')).length, 1);
    await store.remove('c1');
    deepStrictEqual(await cachesWith('c1'), []);
    deepStrictEqual(await idsFor(store, 'apple'), ['c2']);
    deepStrictEqual(await cachesWith('c1'), []);
    await store.restore('c1');
    deepStrictEqual(await idsFor(store, 'apple'), ['c2', 'c1']);
  });

  it('deletes texts that another window left behind, and those of earlier versions', async () => {
    const store = folder.open();
    await add(store, 'c1', 'x', 'an apple');
    await add(store, 'c2', 'x', 'an apple');
    await idsFor(store, 'apple');
    const earlier = join(folder.path, 'texts', 'c1.txt');
    await writeFile(earlier, 'an apple');
    // Another program deletes the journals, and does not touch the cache.
    for (const id of ['c1', 'c2']) await rm(join(folder.path, 'conversations', `${id}.jsonl`));
    deepStrictEqual(await idsFor(folder.open(), 'apple'), []);
    deepStrictEqual(await readdir(join(folder.path, 'texts')), []);
  });

  it('finds any part of any text, split into deltas at any place', async () => {
    const store = folder.open();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        async (pieces, from, length) => {
          const text = pieces.join('').toWellFormed().normalize('NFC');
          const letters = Array.from(text);
          const start = from % Math.max(1, letters.length);
          const part = letters.slice(start, start + 1 + (length % 12)).join('');
          fc.pre(foldText(part).trim() !== '' && foldText(text).includes(foldText(part).trim()));
          count += 1;
          await add(store, `c${count}`, 'x', ...pieces);
          ok((await idsFor(store, part)).includes(`c${count}`));
          await store.remove(`c${count}`);
        },
      ),
      { numRuns: 40 },
    );
  }).timeout(40_000);
});
