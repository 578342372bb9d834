import { deepStrictEqual, equal } from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenedCopies } from '../../../../src/host/workspace/openedCopies';

describe('OpenedCopies', () => {
  let storage: string;
  const bytes = Uint8Array.of(1, 2, 3);
  const chats = async (): Promise<string[]> => (await readdir(join(storage, 'opened'))).sort();

  beforeEach(async () => {
    storage = await mkdtemp(join(tmpdir(), 'parley-copies-'));
  });

  afterEach(async () => {
    await rm(storage, { recursive: true, force: true });
  });

  it('writes a copy that no other user can read', async () => {
    const path = await new OpenedCopies(storage).write('chat', 'picture', 'cat.png', bytes);
    deepStrictEqual(new Uint8Array(await readFile(path)), bytes);
    if (process.platform !== 'win32') equal((await stat(path)).mode & 0o077, 0);
  });

  it('overwrites the copy when the picture is opened again', async () => {
    const copies = new OpenedCopies(storage);
    const path = await copies.write('chat', 'picture', 'cat.png', bytes);
    equal(await copies.write('chat', 'picture', 'cat.png', Uint8Array.of(9)), path);
    deepStrictEqual(new Uint8Array(await readFile(path)), Uint8Array.of(9));
  });

  it('removes only the copies of a deleted chat', async () => {
    const copies = new OpenedCopies(storage);
    await copies.write('first', 'a', 'a.png', bytes);
    await copies.write('first', 'b', 'b.png', bytes);
    const other = await copies.write('second', 'c', 'c.png', bytes);
    await copies.forget('first');
    deepStrictEqual(new Uint8Array(await readFile(other)), bytes);
    equal((await chats()).length, 1);
  });

  it('removes all copies at the next start, including those of earlier versions', async () => {
    await new OpenedCopies(storage).write('chat', 'picture', 'cat.png', bytes);
    await mkdir(join(storage, 'opened', 'old-layout'));
    await writeFile(join(storage, 'opened', 'old-layout', 'cat.png'), bytes);
    await new OpenedCopies(storage).forgetAll([]);
    deepStrictEqual(await chats(), []);
  });

  it('keeps the copies of a chat at the next start if a restored editor shows one of them', async () => {
    const copies = new OpenedCopies(storage);
    const shown = await copies.write('shown', 'picture', 'cat.png', bytes);
    await copies.write('show', 'picture', 'cat.png', bytes);
    await copies.forgetAll([shown, join(storage, 'elsewhere.ts')]);
    deepStrictEqual(new Uint8Array(await readFile(shown)), bytes);
    equal((await chats()).length, 1);
  });

  it('removes nothing if the folder does not exist', async () => {
    await new OpenedCopies(storage).forgetAll([]);
    await new OpenedCopies(storage).forget('chat');
    deepStrictEqual(await readdir(storage), []);
  });

  for (const id of ['..', '../..', '../conversations', '/etc', '', '.', '..\\..', 'a/../../b']) {
    it(`writes inside its folder for a chat and a picture with the id ${JSON.stringify(id)}`, async () => {
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
