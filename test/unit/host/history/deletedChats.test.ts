import { deepStrictEqual, equal } from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SessionPool } from '../../../../src/core/conversation/sessionPool';
import { OpenedCopies } from '../../../../src/host/workspace/openedCopies';
import { DeletedChats } from '../../../../src/host/history/deletedChats';
import { memoryPorts } from '../../../support/corePorts';
import { promptEvent } from '../../../support/storage/exampleEvents';
import { useFolder } from '../../../support/storage/workplace';

describe('DeletedChats', () => {
  const folder = useFolder();

  it("removes the copies of the deleted chat's pictures only, and restores the chat", async () => {
    const store = folder.open();
    for (const id of ['mine', 'other']) await store.append(id, [promptEvent('p')]);
    const copies = new OpenedCopies(folder.path);
    for (const id of ['mine', 'other']) await copies.write(id, 'picture', 'cat.png', Uint8Array.of(1));
    const chats = new DeletedChats(store, new SessionPool({ ...memoryPorts(), store }), copies);
    await chats.remove('mine');
    deepStrictEqual(await readdir(join(folder.path, 'opened')), ['_other']);
    await chats.remove('never-was');
    deepStrictEqual(await readdir(join(folder.path, 'opened')), ['_other']);
    await chats.restore('mine');
    equal((await store.list()).length, 2);
  });
});
