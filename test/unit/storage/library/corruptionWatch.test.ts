import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';
import { appendFile, mkdir, readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationStore } from '../../../../src/core/ports/conversationStore';
import type { Corruption } from '../../../../src/storage/library/corruptionWatch';
import { nodeFileSystem } from '../../../../src/storage/files/fileSystem';
import { selectedPath, messageText } from '../../../../src/shared/conversation/conversation';
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

  /** A chat of four messages and the lines of its journal; the first line is the header. */
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
    return conversation && selectedPath(conversation).map(messageText);
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
      it(`moves a journal of ${name} unchanged to the damaged files and reports it on ${occasion}`, async () => {
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

  it('starts a new file for a conversation whose file was moved, and overwrites no earlier damaged file', async () => {
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

  it('continues to write in a window that has the conversation open when its file is moved', async () => {
    const here = openStore();
    await here.append('c', [promptEvent('p')]);
    await put('c', 'garbage');
    await openStore().list();
    await here.append('c', [promptEvent('q')]);
    deepStrictEqual([...((await openStore().load('c'))?.messages.keys() ?? [])], ['q']);
  });

  it('moves a file back if another window wrote to it at the same moment', async () => {
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

  it('writes events again if the file was moved while they were written', async () => {
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

  it('does not move a file that has only an incomplete line of a killed window', async () => {
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

  it('shows all other messages if a prompt in the middle is damaged', async () => {
    const lines = await writeChat();
    await put('c', lines.map((line) => line.replace('Two?', 'Zwei?')).join('\n'));
    deepStrictEqual(await texts(), ['One?', 'First.', '…', 'Second.']);
    deepStrictEqual(damages, [{ kind: 'damaged', id: 'c' }]);
    equal((await openStore().list())[0]?.messageCount, 4);
  });

  it('shows all other messages if the first prompt is damaged', async () => {
    const lines = await writeChat();
    await put('c', lines.map((line) => line.replace('One?', 'Eins?')).join('\n'));
    deepStrictEqual(await texts(), ['…', 'First.', 'Two?', 'Second.']);
  });

  it('keeps the text of an answer whose first event is damaged, and the messages after it', async () => {
    const lines = await writeChat();
    lines[2] = 'garbage';
    await put('c', lines.join('\n'));
    deepStrictEqual(await texts(), ['One?', 'First.', 'Two?', 'Second.']);
    equal((await openStore().list())[0]?.messageCount, 4);
    const answer = (await openStore().load('c'))?.messages.get('a1');
    equal(answer?.role === 'assistant' && answer.modelName, '…');
  });

  it('reports damage once, when the user opens the conversation, but not an incomplete line of a crash', async () => {
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

  it('reports a journal that has become shorter', async () => {
    await writeChat();
    const store = openStore();
    await store.list();
    await store.flush();
    const lines = (await readFile(journalOf('c'), 'utf8')).indexOf('"p2"');
    await truncate(journalOf('c'), (await readFile(journalOf('c'), 'utf8')).lastIndexOf('\n', lines));
    await openStore().list();
    deepStrictEqual(damages, [{ kind: 'damaged', id: 'c' }]);
    ok(log.lines.some((line) => line.includes('the end of the file is lost')));
  });

  it('shows the other conversations if one file cannot be accessed', async () => {
    await openStore().append('c', [promptEvent('p')]);
    await symlink(journalOf('loop'), journalOf('loop'));
    deepStrictEqual(
      (await openStore().list()).map(({ id }) => id),
      ['c'],
    );
    ok(log.lines.some((line) => line.includes('loop could not be read')));
  });

  it('reports a file that could not be moved, and does not change it', async () => {
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

  it('reports a journal of a newer version when the user opens it', async () => {
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

  it('rejects a message that is too large to be read again, and writes the others', async () => {
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

  it('restores a conversation even if its folder was deleted', async () => {
    const store = openStore();
    await store.append('c', [promptEvent('p')]);
    await store.remove('c');
    await rm(join(folder.path, 'conversations'), { recursive: true });
    await store.restore('c');
    equal((await store.list()).length, 1);
  });

  it('does not create a second file while another window moves the file to the trash and back', async () => {
    const other = openStore();
    await other.append('c', [promptEvent('p')]);
    await other.remove('c');
    const disk = new FaultyFileSystem();
    const facts = disk.facts.bind(disk);
    const makeFolder = disk.makeFolder.bind(disk);
    const meddling = Object.assign(disk, {
      // The journal looks for the file in its place and then in the trash. In between, the file is moved back.
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

  it('keeps a conversation in the trash if two windows remove it at the same moment', async () => {
    const stores = [openStore(), openStore()];
    for (let round = 0; round < 50; round += 1) {
      const id = `c${round}`;
      await stores[0]?.append(id, [promptEvent('p')]);
      await Promise.all(stores.map((store) => store.remove(id)));
    }
    equal((await readdir(join(folder.path, 'trash'))).length, 50);
    await rejects(readdir(join(folder.path, 'damaged')), /ENOENT/);
  });

  it('rejects a removal if the trash folder cannot be created', async () => {
    const store = openStore(new MissingTrash());
    await store.append('c', [promptEvent('p')]);
    await rejects(store.remove('c'), /ENOENT/);
    equal((await store.list()).length, 1);
  });

  it('moves a conversation even if another window moves it at the same moment', async () => {
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

/** A disk that silently fails to create the trash folder. */
class MissingTrash extends FaultyFileSystem {
  override readonly makeFolder = async (path: string): Promise<void> => {
    if (!path.endsWith('trash')) await nodeFileSystem.makeFolder(path);
  };
}
