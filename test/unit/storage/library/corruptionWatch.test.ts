import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';
import { appendFile, mkdir, readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationStore } from '../../../../src/core/ports/conversationStore';
import type { Corruption } from '../../../../src/storage/library/corruptionWatch';
import { nodeFileSystem } from '../../../../src/storage/files/fileSystem';
import { selectedPath } from '../../../../src/shared/conversation/conversation';
import { encodeLine } from '../../../support/storage/encodeLine';
import {
  answerEvent,
  endEvent,
  exampleSteps,
  promptEvent,
  textEvent,
} from '../../../support/storage/exampleEvents';
import { FaultyFileSystem } from '../../../support/storage/faultyFileSystem';
import { rememberingLog, useFolder } from '../../../support/storage/workplace';

describe('damaged journals', () => {
  const folder = useFolder();
  const damages: Corruption[] = [];
  const log = rememberingLog();

  beforeEach(() => {
    damages.length = 0;
    log.lines.length = 0;
  });

  const openStore = (fileSystem = new FaultyFileSystem()): ConversationStore =>
    folder.open({ log, fileSystem, onDamage: (damage) => damages.push(damage) });
  const journalOf = (id: string): string => join(folder.path, 'conversations', `${id}.jsonl`);
  const placeOf = (id: string): string => join(folder.path, 'damaged', `${id}.jsonl`);

  async function put(id: string, content: string | Buffer): Promise<void> {
    await mkdir(join(folder.path, 'conversations'), { recursive: true });
    await writeFile(journalOf(id), content);
  }

  /** A chat of four messages, and its lines: the header first. */
  async function writeChat(): Promise<string[]> {
    const store = openStore();
    const steps = [
      [promptEvent('p1', 'One?')],
      [answerEvent('a1', 'p1')],
      [textEvent('a1', 'First.')],
      [endEvent('a1')],
      [promptEvent('p2', 'Two?')].map((event) => ({ ...event, parent: 'a1' })),
      [answerEvent('a2', 'p2')],
      [textEvent('a2', 'Second.')],
      [endEvent('a2')],
    ];
    for (const step of steps) await store.append('c', step);
    return (await readFile(journalOf('c'), 'utf8')).split(/\n+/).filter((line) => line !== '');
  }

  const texts = async (): Promise<string[] | undefined> => {
    const conversation = await openStore().load('c');
    return conversation && selectedPath(conversation).map(({ text }) => text);
  };

  const garbage: Record<string, string | Buffer> = {
    'text of another kind': 'hello\nworld',
    'a line without an end': 'hello',
    'nothing but zeros': Buffer.alloc(10_000),
    'a picture': Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'),
    'lines that were all overwritten': `${encodeLine(promptEvent('p')).replace('sky', 'sea')}\n`,
    'a header and garbage': `${encodeLine({ format: 'parley-conversation', version: 1 })}\nhello\n`,
  };
  for (const [name, content] of Object.entries(garbage)) {
    for (const occasion of ['list', 'load'] as const) {
      it(`sets aside ${name}, whole, and says so: ${occasion}`, async () => {
        await openStore().append('other', [promptEvent('p')]);
        await put('c', content);
        const store = openStore();
        if (occasion === 'load') equal(await store.load('c'), undefined);
        deepStrictEqual(
          (await store.list()).map(({ id }) => id),
          ['other'],
        );
        deepStrictEqual(await readFile(placeOf('c')), Buffer.from(content));
        deepStrictEqual(await readdir(join(folder.path, 'conversations')), ['other.jsonl']);
        deepStrictEqual(damages, [{ kind: 'set-aside', id: 'c', path: placeOf('c') }]);
        ok(log.lines.some((line) => line.startsWith('error') && line.includes(placeOf('c'))));
      });
    }
  }

  it('begins a conversation anew whose file was set aside, and overwrites none that was set aside before', async () => {
    for (const round of [1, 2]) {
      await put('c', `garbage ${round}`);
      equal(await openStore().load('c'), undefined);
      await openStore().append('c', [promptEvent('p')]);
      equal((await openStore().load('c'))?.messages.size, 1);
    }
    const names = await readdir(join(folder.path, 'damaged'));
    const contents = await Promise.all(
      names.map((name) => readFile(join(folder.path, 'damaged', name), 'utf8')),
    );
    deepStrictEqual(contents.sort(), ['garbage 1', 'garbage 2']);
  });

  it('goes on in a window that has the conversation open when its file is set aside', async () => {
    const here = openStore();
    await here.append('c', [promptEvent('p')]);
    await put('c', 'garbage');
    await openStore().list();
    await here.append('c', [promptEvent('q')]);
    deepStrictEqual([...((await openStore().load('c'))?.messages.keys() ?? [])], ['q']);
  });

  it('puts back a file that another window wrote to while it was set aside', async () => {
    await put('c', 'garbage');
    const disk = new FaultyFileSystem();
    const rename = disk.rename.bind(disk);
    const meddling = Object.assign(disk, {
      rename: async (from: string, to: string): Promise<void> => {
        await rename(from, to);
        if (to === placeOf('c')) await appendFile(to, `\n${encodeLine(promptEvent('p'))}\n`);
      },
    });
    await openStore(meddling).list();
    deepStrictEqual(damages, []);
    equal((await openStore().load('c'))?.messages.size, 1);
  });

  it('writes again what it wrote into a file that was set aside at that moment', async () => {
    await put('c', 'garbage');
    const disk = new FaultyFileSystem();
    const open = disk.open.bind(disk);
    const meddling = Object.assign(disk, {
      open: async (path: string, purpose: 'read' | 'append') => {
        const file = await open(path, purpose);
        if (purpose === 'append' && file !== undefined) await openStore().list();
        return file;
      },
    });
    const store = openStore(meddling);
    await rejects(store.append('c', [promptEvent('p')]), /was moved/);
    await store.flush();
    equal((await openStore().load('c'))?.messages.size, 1);
  });

  it('leaves alone what a window that was killed has only begun to write', async () => {
    const line = encodeLine({ format: 'parley-conversation', version: 1 });
    for (const content of [
      '',
      '\n',
      line.slice(0, 5),
      line.slice(0, 20),
      line,
      `${line}\n${line.slice(0, 30)}`,
    ]) {
      await put('c', content);
      deepStrictEqual(await openStore().list(), []);
      equal(await readFile(journalOf('c'), 'utf8'), content);
    }
    deepStrictEqual(damages, []);
  });

  it('keeps all messages in sight when a prompt in their midst is damaged', async () => {
    const lines = await writeChat();
    await put('c', lines.map((line) => line.replace('Two?', 'Zwei?')).join('\n'));
    deepStrictEqual(await texts(), ['One?', 'First.', '…', 'Second.']);
    deepStrictEqual(damages, [{ kind: 'damaged', id: 'c' }]);
    equal((await openStore().list())[0]?.messageCount, 4);
  });

  it('keeps all messages in sight when the first prompt is damaged', async () => {
    const lines = await writeChat();
    await put('c', lines.map((line) => line.replace('One?', 'Eins?')).join('\n'));
    deepStrictEqual(await texts(), ['…', 'First.', 'Two?', 'Second.']);
  });

  it('keeps the text of an answer whose beginning is damaged, and what follows it', async () => {
    const lines = await writeChat();
    lines[2] = 'garbage';
    await put('c', lines.join('\n'));
    deepStrictEqual(await texts(), ['One?', 'First.', 'Two?', 'Second.']);
    equal((await openStore().list())[0]?.messageCount, 4);
    const answer = (await openStore().load('c'))?.messages.get('a1');
    equal(answer?.role === 'assistant' && answer.modelName, '…');
  });

  it('tells people of damage once, when they open the conversation, and not of a line that a crash cut', async () => {
    const lines = await writeChat();
    await put('c', [...lines, lines.at(-1)?.slice(0, 50)].join('\n'));
    await openStore().load('c');
    deepStrictEqual(damages, []);
    ok(log.lines.some((line) => line.includes('1 lines are incomplete')));
    await put('c', [...lines, 'garbage'].join('\n'));
    const store = openStore();
    await store.list();
    deepStrictEqual(damages, []);
    await store.load('c');
    await store.load('c');
    deepStrictEqual(damages, [{ kind: 'damaged', id: 'c' }]);
  });

  it('says that a journal has become shorter', async () => {
    await writeChat();
    const store = openStore();
    await store.list();
    await store.flush();
    const lines = (await readFile(journalOf('c'), 'utf8')).indexOf('"p2"');
    await truncate(journalOf('c'), (await readFile(journalOf('c'), 'utf8')).lastIndexOf('\n', lines));
    await openStore().list();
    deepStrictEqual(damages, [{ kind: 'damaged', id: 'c' }]);
    ok(log.lines.some((line) => line.includes('what was at its end is gone')));
  });

  it('shows the others when one file cannot even be looked at', async () => {
    await openStore().append('c', [promptEvent('p')]);
    await symlink(journalOf('loop'), journalOf('loop'));
    deepStrictEqual(
      (await openStore().list()).map(({ id }) => id),
      ['c'],
    );
    ok(log.lines.some((line) => line.includes('loop could not be read')));
  });

  it('says that a file could not be set aside, and leaves it', async () => {
    await put('c', 'garbage');
    const disk = new FaultyFileSystem((_, operation) => (operation === 'rename' ? 'beforehand' : 'fine'));
    await openStore(disk).list();
    deepStrictEqual(damages, [{ kind: 'damaged', id: 'c' }]);
    equal(await readFile(journalOf('c'), 'utf8'), 'garbage');
  });

  it('does not write to a newer journal whose header is damaged', async () => {
    const header = encodeLine({ format: 'parley-conversation', version: 2 }).replace('version', 'vorsion');
    const star = encodeLine({ kind: 'message-starred', id: 'p', at: 3 });
    const journals = {
      'with a line that only it knows': [header, encodeLine(promptEvent('p')), star].join('\n'),
      'with a header far behind': [
        'x'.repeat(5_000),
        encodeLine({ format: 'parley-conversation', version: 2 }),
        encodeLine(promptEvent('p')),
      ].join('\n'),
    };
    for (const content of Object.values(journals)) {
      await put('c', content);
      await rejects(openStore().append('c', [promptEvent('q')]), /newer version/);
      equal(await readFile(journalOf('c'), 'utf8'), content);
    }
  });

  it('tells people of a newer journal when they open it, before they ask in it', async () => {
    await put(
      'c',
      [{ format: 'parley-conversation', version: 2 }, promptEvent('p')].map(encodeLine).join('\n'),
    );
    const store = openStore();
    equal((await store.list()).length, 1);
    deepStrictEqual(damages, []);
    await store.load('c');
    deepStrictEqual(damages, [{ kind: 'newer-version', id: 'c' }]);
  });

  it('reads back a prompt with several of the largest pictures', async () => {
    const attachments = ['1', '2', '3'].map((id) => {
      const url = `data:image/png;base64,${'A'.repeat(23_000_000)}`;
      return { kind: 'image' as const, id, name: id, url };
    });
    await openStore().append('c', [promptEvent('p', 'Look', 1, attachments)]);
    const message = (await openStore().load('c'))?.messages.get('p');
    equal(message?.role === 'user' && message.attachments.length, 3);
  });

  it('refuses a message that is too large to be read again, and goes on with the others', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p')]);
    const tooLarge = Object.assign(promptEvent('large'), {
      toJSON: () => {
        throw new RangeError('Invalid string length');
      },
    });
    await rejects(store.append('c', [tooLarge]), /too large/);
    await store.append('c', [promptEvent('q')]);
    deepStrictEqual([...((await openStore().load('c'))?.messages.keys() ?? [])], ['p', 'q']);
  });

  it('brings back a conversation though the folder for it is gone', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p')]);
    await store.remove('c');
    await rm(join(folder.path, 'conversations'), { recursive: true });
    await store.restore('c');
    equal((await store.list()).length, 1);
  });

  it('does not begin a conversation anew that another window moves to the trash and back all the time', async () => {
    const other = openStore();
    await other.append('c', [promptEvent('p')]);
    await other.remove('c');
    const disk = new FaultyFileSystem();
    const facts = disk.facts.bind(disk);
    const makeFolder = disk.makeFolder.bind(disk);
    const meddling = Object.assign(disk, {
      // It is looked for in its place, then in the trash, and comes back in between.
      facts: async (path: string) => {
        await other.restore('c');
        return facts(path);
      },
      makeFolder: async (path: string): Promise<void> => {
        await other.remove('c');
        await makeFolder(path);
      },
    });
    await other.restore('c');
    const store = openStore(meddling);
    await store.load('c');
    await other.remove('c');
    await store.append('c', [promptEvent('q')]);
    deepStrictEqual([...((await openStore().load('c'))?.messages.keys() ?? [])], ['p', 'q']);
    deepStrictEqual(await readdir(join(folder.path, 'trash')), []);
  });

  it('removes a conversation twice at the same moment, and keeps it in the trash', async () => {
    const stores = [openStore(), openStore()];
    for (let round = 0; round < 50; round += 1) {
      const id = `c${round}`;
      await stores[0]?.append(id, [promptEvent('p')]);
      await Promise.all(stores.map((store) => store.remove(id)));
    }
    equal((await readdir(join(folder.path, 'trash'))).length, 50);
    await rejects(readdir(join(folder.path, 'damaged')), /ENOENT/);
  });

  it('fails to remove a conversation when there is no trash to be had', async () => {
    const store = openStore(new MissingTrash());
    await store.append('c', [promptEvent('p')]);
    await rejects(store.remove('c'), /ENOENT/);
    equal((await store.list()).length, 1);
  });

  it('moves a conversation though another window does the same at the same moment', async () => {
    const stores = [openStore(), openStore()];
    await stores[0]?.append('c', exampleSteps('c').flat());
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(stores.map((store) => store.remove('c')));
      deepStrictEqual(await openStore().list(), []);
      await Promise.all(stores.map((store) => store.restore('c')));
      equal((await openStore().list()).length, 1);
    }
  });
});

/** A disk on which the trash cannot be made, and nothing says so. */
class MissingTrash extends FaultyFileSystem {
  override readonly makeFolder = async (path: string): Promise<void> => {
    if (!path.endsWith('trash')) await nodeFileSystem.makeFolder(path);
  };
}
