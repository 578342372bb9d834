import { deepStrictEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { readFile, readdir, writeFile, mkdir, appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import type { ConversationStore } from '../../../../src/core/ports/conversationStore';
import type { StorageErrorKind } from '../../../../src/storage/files/storageError';
import { nodeFileSystem } from '../../../../src/storage/files/fileSystem';
import { StorageError } from '../../../../src/storage/files/storageError';
import { arbitraryDelta, arbitraryEvents } from '../../shared/arbitraryEvents';
import { reduceAll } from '../../shared/reduceAll';
import {
  answerEvent,
  endEvent,
  exampleSteps,
  promptEvent,
  textEvent,
} from '../../../support/storage/exampleEvents';
import { encodeLine } from '../../../support/storage/encodeLine';
import { rememberingLog, useFolder } from '../../../support/storage/workplace';

const day = 24 * 60 * 60 * 1_000;

const refusal =
  (kind: StorageErrorKind) =>
  (error: unknown): boolean =>
    error instanceof StorageError && error.kind === kind;

describe('library', () => {
  const folder = useFolder();
  let now = 0;

  beforeEach(() => {
    now = 1_700_000_000_000;
  });

  function openStore(log = rememberingLog(), fileSystem = nodeFileSystem): ConversationStore {
    return folder.open({ log, fileSystem, now: () => now });
  }

  const journalOf = (id: string): string => join(folder.path, 'conversations', `${id}.jsonl`);

  async function linesOf(id: string): Promise<{ kind: string; text?: string }[]> {
    const lines = (await readFile(journalOf(id), 'utf8')).split(/\n+/).filter((line) => line !== '');
    return lines.slice(1).map((line) => JSON.parse(line.slice(9)) as { kind: string; text?: string });
  }

  it('loads any conversation, also in another window', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryEvents, { maxLength: 3 }), async (batches) => {
        const id = `c-${(count += 1)}`;
        const events = batches
          .flat()
          .map((event) => (event.kind === 'conversation-created' ? { ...event, id } : event));
        const store = openStore();
        const written = batches.map((batch) =>
          store.append(
            id,
            batch.map((event) => (event.kind === 'conversation-created' ? { ...event, id } : event)),
          ),
        );
        await Promise.all([...written, store.flush()]);
        const expected = events.length === 0 ? undefined : reduceAll(id, events);
        deepStrictEqual(await store.load(id), expected);
        deepStrictEqual(await openStore().load(id), expected);
      }),
      { numRuns: 50 },
    );
  });

  it('loads undefined for an unknown conversation', async () => {
    equal(await openStore().load('never'), undefined);
    deepStrictEqual(await openStore().list(), []);
    deepStrictEqual(await readdir(folder.path), []);
  });

  it('loads events that were appended a moment ago', async () => {
    const store = openStore();
    const events = [answerEvent('a', null), textEvent('a', 'Hel'), textEvent('a', 'lo')];
    const written = events.map((event) => store.append('c', [event]));
    deepStrictEqual(await store.load('c'), reduceAll('c', events));
    await Promise.all(written);
  });

  it('writes the deltas of a stream in few lines, in order', async () => {
    const store = openStore();
    await store.append('c', [answerEvent('a', null), answerEvent('b', null)]);
    const pieces = Array.from({ length: 500 }, (_, index) => `${index} `);
    const written = pieces.map((piece) => store.append('c', [textEvent('a', piece)]));
    written.push(store.append('c', [textEvent('b', 'other')]), store.append('c', [textEvent('a', 'end')]));
    await Promise.all(written);
    deepStrictEqual(
      (await linesOf('c')).slice(2).map(({ text }) => text),
      [pieces.join(''), 'other', 'end'],
    );
  });

  it('loads the same conversation for any batches of deltas', async () => {
    let count = 0;
    const deltas = fc.array(fc.array(arbitraryDelta, { maxLength: 5 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(deltas, async (batches) => {
        const id = `c-${(count += 1)}`;
        const events: ConversationEvent[] = [
          answerEvent('a', null),
          answerEvent('b', null),
          ...batches.flat(),
        ];
        const store = openStore();
        const first = store.append(id, events.slice(0, 2));
        const rest = batches.map((batch) => store.append(id, batch));
        await store.flush();
        await Promise.all([first, ...rest]);
        deepStrictEqual(await openStore().load(id), reduceAll(id, events));
      }),
      { numRuns: 50 },
    );
  });

  it('resolves an append of no events', async () => {
    await openStore().append('c', []);
  });

  it('rejects ids that cannot be the name of a file in its folder', async () => {
    const store = openStore();
    for (const id of ['', '..', '../outside', 'a/b', 'a\\b', 'a.b', 'a\u0000', 'x'.repeat(101)]) {
      await rejects(store.append(id, [promptEvent('p')]), refusal('invalid-id'));
      await rejects(store.load(id), refusal('invalid-id'));
      await rejects(store.remove(id), refusal('invalid-id'));
      await rejects(store.restore(id), refusal('invalid-id'));
    }
    deepStrictEqual(await readdir(folder.path), []);
  });

  it('lets no other user of the computer read conversations', async function () {
    if (process.platform === 'win32') {
      // Windows has no such permissions; the profile's folder is private there.
      return;
    }
    await openStore().append('c', [promptEvent('p')]);
    equal((await stat(journalOf('c'))).mode & 0o077, 0);
    equal((await stat(join(folder.path, 'conversations'))).mode & 0o077, 0);
  });

  describe('with two windows', () => {
    it('keeps the events of both when they write to one conversation at the same time', async () => {
      const stores = [openStore(), openStore(), openStore()];
      const ids: string[] = [];
      const written = Array.from({ length: 40 }, (_, index) =>
        stores.map((store, number) => {
          const id = `m-${number}-${index}`;
          ids.push(id);
          return store.append('c', [promptEvent(id, 'x'.repeat(index * 200))]);
        }),
      );
      await Promise.all(written.flat());
      const log = rememberingLog();
      const conversation = await openStore(log).load('c');
      deepStrictEqual([...(conversation?.messages.keys() ?? [])].sort(), ids.sort());
      deepStrictEqual(log.lines, []);
    });

    it('rejects events for a conversation that the other window removed, and writes them after a restore', async () => {
      const [here, there] = [openStore(), openStore()];
      const question = promptEvent('p');
      await here.append('c', [question]);
      await there.remove('c');
      const late = promptEvent('late');
      await rejects(here.append('c', [late]), refusal('removed'));
      await rejects(openStore().append('c', [late]), refusal('removed'));
      equal(await here.load('c'), undefined);
      deepStrictEqual(await readdir(join(folder.path, 'conversations')), []);
      await there.restore('c');
      await here.flush();
      deepStrictEqual(await openStore().load('c'), reduceAll('c', [question, late]));
    });
  });

  describe('removing and restoring', () => {
    it('removes a conversation and restores all of it, with later deltas', async () => {
      const store = openStore();
      const events = exampleSteps('c').flat();
      const written = store.append('c', events);
      await store.remove('c');
      await written;
      equal(await store.load('c'), undefined);
      deepStrictEqual(await store.list(), []);
      await rejects(store.append('c', [textEvent('a', ' Late.')]), refusal('removed'));
      await store.flush();
      await store.restore('c');
      deepStrictEqual(await store.load('c'), reduceAll('c', [...events, textEvent('a', ' Late.')]));
      equal((await store.list()).length, 1);
    });

    it('works with a restart in between', async () => {
      await openStore().append('c', [promptEvent('p')]);
      await openStore().remove('c');
      deepStrictEqual(await openStore().list(), []);
      await openStore().restore('c');
      equal((await openStore().list()).length, 1);
    });

    it('works several times', async () => {
      const store = openStore();
      await store.append('c', [promptEvent('p')]);
      await store.remove('c');
      await store.remove('c');
      await store.restore('c');
      await store.restore('c');
      equal((await store.load('c'))?.messages.size, 1);
    });

    it('rejects the restore of an unknown conversation', async () => {
      await rejects(openStore().restore('never'), refusal('not-found'));
    });

    describe('the trash', () => {
      const trashed = async (): Promise<string[]> => (await readdir(join(folder.path, 'trash'))).sort();

      beforeEach(async () => {
        const store = openStore();
        for (const id of ['old', 'recent', 'new']) await store.append(id, [promptEvent('p')]);
        await store.remove('old');
        now += 2 * day;
        await store.remove('recent');
        now += 29 * day;
        deepStrictEqual(await trashed(), ['old.jsonl', 'recent.jsonl']);
      });

      it('is emptied of conversations older than 30 days at the next removal', async () => {
        await openStore().remove('new');
        deepStrictEqual(await trashed(), ['new.jsonl', 'recent.jsonl']);
        await rejects(openStore().restore('old'), refusal('not-found'));
      });

      it('is emptied when the conversations are listed', async () => {
        const store = openStore();
        deepStrictEqual(
          (await store.list()).map(({ id }) => id),
          ['new'],
        );
        await store.flush();
        deepStrictEqual(await trashed(), ['recent.jsonl']);
        await rejects(openStore().restore('old'), refusal('not-found'));
      });

      it('is emptied when a search lists the conversations', async () => {
        const store = openStore();
        await store.search('anything');
        await store.flush();
        deepStrictEqual(await trashed(), ['recent.jsonl']);
      });

      it('is emptied again in a window that stays open', async () => {
        const store = openStore();
        await store.list();
        now += 2 * day;
        await store.list();
        await store.flush();
        deepStrictEqual(await trashed(), []);
      });

      it('is read at most once a day', async () => {
        const names: string[] = [];
        const store = openStore(rememberingLog(), {
          ...nodeFileSystem,
          names: (path) => {
            names.push(path);
            return nodeFileSystem.names(path);
          },
        });
        for (let count = 0; count < 5; count += 1) await store.list();
        await store.flush();
        equal(names.filter((path) => path.endsWith('trash')).length, 1);
      });

      it('does not prevent the listing if it cannot be emptied', async () => {
        const log = rememberingLog();
        const store = openStore(log, {
          ...nodeFileSystem,
          remove: (path) =>
            path.includes('trash') ? Promise.reject(new Error('held')) : nodeFileSystem.remove(path),
        });
        equal((await store.list()).length, 1);
        await store.flush();
        deepStrictEqual(await trashed(), ['old.jsonl', 'recent.jsonl']);
        match(log.lines.join('\n'), /^warn The trash could not be emptied: Error: held$/m);
      });
    });
  });

  describe('a journal of a newer version', () => {
    it('is read as far as possible and not written to', async () => {
      await mkdir(join(folder.path, 'conversations'));
      const journal = [
        encodeLine({ format: 'parley-conversation', version: 2, compressed: false }),
        encodeLine(promptEvent('p')),
        encodeLine({ kind: 'message-starred', id: 'p', at: 3 }),
        encodeLine({ ...textEvent('p', ''), mood: 'blue' }),
      ].join('\n');
      await writeFile(journalOf('c'), journal);
      const log = rememberingLog();
      const store = openStore(log);
      await rejects(store.append('c', [promptEvent('mine')]), refusal('newer-version'));
      await rejects(store.append('c', [promptEvent('mine')]), refusal('newer-version'));
      await store.flush();
      deepStrictEqual(await store.load('c'), reduceAll('c', [promptEvent('p')]));
      equal((await store.list())[0]?.title, 'Why is the sky blue?');
      equal(await readFile(journalOf('c'), 'utf8'), journal);
      match(log.lines.join('\n'), /newer version/);
    });

    it('of the same format keeps events of unknown kinds when events are appended', async () => {
      const store = openStore();
      await store.append('c', [promptEvent('p')]);
      const unknown = encodeLine({ kind: 'message-starred', id: 'p', at: 3 });
      await appendFile(journalOf('c'), `\n${unknown}\n`);
      await store.append('c', [promptEvent('q')]);
      ok((await readFile(journalOf('c'), 'utf8')).includes(unknown));
      deepStrictEqual(await store.load('c'), reduceAll('c', [promptEvent('p'), promptEvent('q')]));
    });
  });

  it('treats a copied journal as a separate conversation', async () => {
    const store = openStore();
    await store.append('original', exampleSteps('original').flat());
    await writeFile(journalOf('copy'), await readFile(journalOf('original')));
    equal((await store.load('copy'))?.id, 'copy');
    deepStrictEqual((await store.list()).map(({ id }) => id).sort(), ['copy', 'original']);
  });

  it('waits for all writes in flush', async () => {
    const store = openStore();
    const events = [answerEvent('a', null), textEvent('a', 'Hello'), endEvent('a')];
    const written = Promise.all(events.map((event) => store.append('c', [event])));
    await store.flush();
    deepStrictEqual(await openStore().load('c'), reduceAll('c', events));
    await written;
  });
});
