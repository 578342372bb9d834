import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { FileSystem } from '../../../src/storage/files/fileSystem';
import { reduceAll } from '../shared/reduceAll';
import { FaultyFileSystem } from '../../support/storage/faultyFileSystem';
import {
  answerEvent,
  endEvent,
  exampleSteps,
  promptEvent,
  textEvent,
} from '../../support/storage/exampleEvents';
import { rememberingLog, useFolder } from '../../support/storage/workplace';
import type { ConversationStore } from '../../../src/core/ports/conversationStore';

const id = 'conversation-1';
const steps = exampleSteps(id);
const events = steps.flat();

/** The conversation after 0, 1, 2 … events; the first is undefined. */
const prefixes: (Conversation | undefined)[] = [
  undefined,
  ...events.map((_, index) => reduceAll(id, events.slice(0, index + 1))),
];

describe('a conversation on disk', () => {
  const folder = useFolder();

  function openStore(fileSystem?: FileSystem): ConversationStore {
    return folder.open(fileSystem === undefined ? {} : { fileSystem });
  }

  async function writtenJournal(): Promise<{ path: string; bytes: Buffer }> {
    const store = openStore();
    for (const event of events) await store.append(id, [event]);
    const path = join(folder.path, 'conversations', `${id}.jsonl`);
    return { path, bytes: await readFile(path) };
  }

  it('skips any damaged bytes in the middle of the file', async () => {
    const { path, bytes } = await writtenJournal();
    const lines = bytes.toString().split('\n');
    const garbage = [
      '',
      ' ',
      '{}',
      'null',
      '00000000 ',
      '00000000 {}',
      '\u0000'.repeat(700_000),
      'x'.repeat(99),
    ];
    await writeFile(path, lines.flatMap((line) => [...garbage, line]).join('\n'));
    deepStrictEqual(await openStore().load(id), prefixes.at(-1));
  });

  it('shows events that could not be written while the window is open', async () => {
    const disk = new FaultyFileSystem((_, operation) => (operation === 'append' ? 'halfway' : 'fine'));
    const store = openStore(disk);
    await rejects(store.append(id, events), /The disk failed/);
    deepStrictEqual(await store.load(id), prefixes.at(-1));
    await rejects(store.flush(), AggregateError);
  });

  it('logs one line when the disk starts to fail and one when it works again', async () => {
    let isBroken = true;
    const disk = new FaultyFileSystem(() => (isBroken ? 'beforehand' : 'fine'));
    const log = rememberingLog();
    const store = folder.open({ log, fileSystem: disk });
    for (const event of events.slice(0, 4)) await rejects(store.append(id, [event]));
    isBroken = false;
    for (const event of events.slice(4)) await store.append(id, [event]);
    deepStrictEqual(
      log.lines.map((line) => line.split(' ')[0]),
      ['error', 'info'],
    );
    deepStrictEqual(await openStore().load(id), prefixes.at(-1));
  });

  it('acknowledges prompts and complete answers only when they are on the disk', async () => {
    let syncsFail = true;
    const disk = new FaultyFileSystem((_, operation) =>
      operation === 'sync' && syncsFail ? 'beforehand' : 'fine',
    );
    const store = openStore(disk);
    await rejects(store.append(id, [promptEvent('p')]), /The disk failed at: sync/);
    await rejects(store.append(id, [answerEvent('a', 'p')]), /The disk failed at: sync/);
    syncsFail = false;
    await store.flush();
    const syncs = (): number => disk.operations.filter((operation) => operation === 'sync').length;
    equal(syncs(), 3);
    await store.append(id, [textEvent('a', 'Hello')]);
    equal(syncs(), 3, 'a piece of an answer needs no sync');
    await store.append(id, [endEvent('a')]);
    equal(syncs(), 4);
  });

  it('does not write each delta of a stream separately', async () => {
    const disk = new FaultyFileSystem();
    const store = openStore(disk);
    await store.append(id, [answerEvent('a', null)]);
    const written: Promise<void>[] = [];
    for (let piece = 0; piece < 200; piece += 1) {
      written.push(store.append(id, [textEvent('a', `${piece} `)]));
      // Long enough for a separate write, if there were one.
      await wait(1);
    }
    await Promise.all(written);
    ok(disk.operations.filter((operation) => operation === 'append').length < 100);
  });

  it('reads a journal whose lines are longer than its read buffer', async () => {
    const long = promptEvent('p', 'ä'.repeat(1_000_000));
    await openStore().append(id, [long]);
    deepStrictEqual(await openStore().load(id), reduceAll(id, [long]));
  });

  it('writes to a journal file that was created empty', async () => {
    await mkdir(join(folder.path, 'conversations'));
    await writeFile(join(folder.path, 'conversations', `${id}.jsonl`), '');
    equal(await openStore().load(id), undefined);
    await openStore().append(id, events);
    const journal = await readFile(join(folder.path, 'conversations', `${id}.jsonl`), 'utf8');
    ok(journal.includes('"format":"parley-conversation"'));
    deepStrictEqual(await openStore().load(id), prefixes.at(-1));
  });
});
