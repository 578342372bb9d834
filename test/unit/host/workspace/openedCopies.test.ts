import { deepStrictEqual, equal } from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenedCopies } from '../../../../src/host/workspace/openedCopies';

describe('copies of pictures that were opened from chips', () => {
  let storage: string;
  const bytes = Uint8Array.of(1, 2, 3);
  const chats = async (): Promise<string[]> => (await readdir(join(storage, 'opened'))).sort();

  beforeEach(async () => {
    storage = await mkdtemp(join(tmpdir(), 'parley-copies-'));
  });

  afterEach(async () => {
    await rm(storage, { recursive: true, force: true });
  });

  it('hold the picture, and no other user can read them', async () => {
    const path = await new OpenedCopies(storage).write('chat', 'picture', 'cat.png', bytes);
    deepStrictEqual(new Uint8Array(await readFile(path)), bytes);
    if (process.platform !== 'win32') equal((await stat(path)).mode & 0o077, 0);
  });

  it('are written a second time when the picture is opened again', async () => {
    const copies = new OpenedCopies(storage);
    const path = await copies.write('chat', 'picture', 'cat.png', bytes);
    equal(await copies.write('chat', 'picture', 'cat.png', Uint8Array.of(9)), path);
    deepStrictEqual(new Uint8Array(await readFile(path)), Uint8Array.of(9));
  });

  it('go when their chat is deleted, and those of other chats stay', async () => {
    const copies = new OpenedCopies(storage);
    await copies.write('first', 'a', 'a.png', bytes);
    await copies.write('first', 'b', 'b.png', bytes);
    const other = await copies.write('second', 'c', 'c.png', bytes);
    await copies.forget('first');
    deepStrictEqual(new Uint8Array(await readFile(other)), bytes);
    equal((await chats()).length, 1);
  });

  it('are all removed at the next start, also those of earlier versions', async () => {
    await new OpenedCopies(storage).write('chat', 'picture', 'cat.png', bytes);
    await mkdir(join(storage, 'opened', 'old-layout'));
    await writeFile(join(storage, 'opened', 'old-layout', 'cat.png'), bytes);
    await new OpenedCopies(storage).forgetAll([]);
    deepStrictEqual(await chats(), []);
  });

  it('stay at a start while a restored editor shows one', async () => {
    const copies = new OpenedCopies(storage);
    const shown = await copies.write('shown', 'picture', 'cat.png', bytes);
    await copies.write('show', 'picture', 'cat.png', bytes);
    await copies.forgetAll([shown, join(storage, 'elsewhere.ts')]);
    deepStrictEqual(new Uint8Array(await readFile(shown)), bytes);
    equal((await chats()).length, 1);
  });

  it('need no folder to be removed', async () => {
    await new OpenedCopies(storage).forgetAll([]);
    await new OpenedCopies(storage).forget('chat');
    deepStrictEqual(await readdir(storage), []);
  });

  for (const id of ['..', '../..', '../conversations', '/etc', '', '.', '..\\..', 'a/../../b']) {
    it(`do not leave their folder for a chat or picture with the id ${JSON.stringify(id)}`, async () => {
      const kept = join(storage, 'conversations');
      await mkdir(kept);
      const copies = new OpenedCopies(storage);
      const path = await copies.write(id, id, 'cat.png', bytes);
      equal(path.startsWith(join(storage, 'opened', '_')), true);
      await copies.forget(id);
      deepStrictEqual((await readdir(storage)).sort(), ['conversations', 'opened']);
    });
  }
});
