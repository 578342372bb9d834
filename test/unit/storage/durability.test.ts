import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Conversation } from '../../../src/shared/conversation';
import type { FileSystem } from '../../../src/storage/fileSystem';
import type { Fate } from '../../support/storage/faultyFileSystem';
import { createConversationStore } from '../../../src/storage/library';
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
import type { ConversationStore } from '../../../src/core/ports';

const id = 'conversation-1';
const steps = exampleSteps(id);
const events = steps.flat();
/** More than writing the example takes. */
const mostOperations = 60;

/** The conversation after each number of events; the first is undefined. */
const prefixes: (Conversation | undefined)[] = [
  undefined,
  ...events.map((_, index) => reduceAll(id, events.slice(0, index + 1))),
];

/** How many events a conversation holds, at least; fails when it is none that ever was. */
function prefixLengthOf(conversation: Conversation | undefined): number {
  const length = prefixes.findIndex((prefix) => isSame(prefix, conversation));
  ok(length !== -1, `Never was so: ${JSON.stringify(conversation)}`);
  return length;
}

function isSame(left: unknown, right: unknown): boolean {
  try {
    deepStrictEqual(left, right);
    return true;
  } catch {
    return false;
  }
}

describe('durability', () => {
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

  it('reads a prefix of the conversation from a journal cut at any byte, and goes on from there', async () => {
    const { path, bytes } = await writtenJournal();
    const added = promptEvent('later', 'And the sea?', 2_000);
    let longest = 0;
    for (let length = 0; length <= bytes.length; length += 1) {
      await writeFile(path, bytes.subarray(0, length));
      const read = prefixLengthOf(await openStore().load(id));
      ok(read >= longest, 'a longer file holds less');
      longest = read;

      const store = openStore();
      await store.append(id, [added]);
      const expected = reduceAll(id, [...events.slice(0, read), added]);
      deepStrictEqual(await store.load(id), expected);
      deepStrictEqual(await openStore().load(id), expected);
    }
    equal(longest, events.length);
  }).timeout(60_000);

  it('passes over garbage in the middle, however it looks', async () => {
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

  const fates: Fate[] = ['beforehand', 'halfway', 'short', 'afterwards'];
  for (const fate of fates) {
    for (const duration of [1, 2, 9]) {
      it(`loses nothing when any operation fails (${fate}), ${duration} in a row`, async () => {
        const beginnings = Array.from({ length: mostOperations }, (_, first) => first);
        await Promise.all(beginnings.map((first) => writeWithFaults(fate, first, first + duration)));
      }).timeout(60_000);
    }
  }

  /** Writes the example while the operations from `first` to before `end` fail, then checks the outcome. */
  async function writeWithFaults(fate: Fate, first: number, end: number): Promise<void> {
    const disk = new FaultyFileSystem((index) => (index >= first && index < end ? fate : 'fine'));
    const options = { folder: join(folder.path, String(first)), log: rememberingLog(), now: () => 0 };
    const store = createConversationStore({ ...options, fileSystem: disk });
    for (const [index, step] of steps.entries()) {
      const wasWritten = await isFulfilled(store.append(id, step));
      const acknowledged = wasWritten ? steps.slice(0, index + 1).flat().length : 0;
      // What another process would find, were this one to end here.
      const found = await createConversationStore(options).load(id);
      ok(prefixLengthOf(found) >= acknowledged, `operation ${first}, step ${index}`);
    }
    const used = disk.operations.length;
    ok(used - (end - first) < mostOperations, 'not every operation had its turn to fail');
    while (!(await isFulfilled(store.flush())));
    deepStrictEqual(await createConversationStore(options).load(id), prefixes.at(-1), `operation ${first}`);
    let loading = store.load(id);
    while (!(await isFulfilled(loading))) loading = store.load(id);
    deepStrictEqual(await loading, prefixes.at(-1), `operation ${first}`);
    equal(disk.openFiles, 0);
  }

  it('shows what could not be written as long as the window is open', async () => {
    const disk = new FaultyFileSystem((_, operation) => (operation === 'append' ? 'halfway' : 'fine'));
    const store = openStore(disk);
    await rejects(store.append(id, events), /The disk failed/);
    deepStrictEqual(await store.load(id), prefixes.at(-1));
    await rejects(store.flush(), AggregateError);
  });

  it('writes one line to the log while the disk keeps failing, and one when it is well again', async () => {
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

  it('has prompts and whole answers on the disk before it acknowledges them', async () => {
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

  it('does not write for each piece of a stream', async () => {
    const disk = new FaultyFileSystem();
    const store = openStore(disk);
    await store.append(id, [answerEvent('a', null)]);
    const written: Promise<void>[] = [];
    for (let piece = 0; piece < 200; piece += 1) {
      written.push(store.append(id, [textEvent('a', `${piece} `)]));
      // Long enough for a write of its own, were there one.
      await wait(1);
    }
    await Promise.all(written);
    ok(disk.operations.filter((operation) => operation === 'append').length < 100);
  });

  it('reads a journal whose lines are longer than a read', async () => {
    const long = promptEvent('p', 'ä'.repeat(1_000_000));
    await openStore().append(id, [long]);
    deepStrictEqual(await openStore().load(id), reduceAll(id, [long]));
  });

  it('begins a journal that was created but never written', async () => {
    await mkdir(join(folder.path, 'conversations'));
    await writeFile(join(folder.path, 'conversations', `${id}.jsonl`), '');
    equal(await openStore().load(id), undefined);
    await openStore().append(id, events);
    const journal = await readFile(join(folder.path, 'conversations', `${id}.jsonl`), 'utf8');
    ok(journal.includes('"format":"parley-conversation"'));
    deepStrictEqual(await openStore().load(id), prefixes.at(-1));
  });
});

async function isFulfilled(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}
