import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { TaskClaim } from '../../../../src/core/ports/taskClaims';
import { nodeFileSystem } from '../../../../src/storage/files/fileSystem';
import { TaskFiles } from '../../../../src/storage/tasks/taskFiles';
import { rememberingLog, useFolder } from '../../../support/storage/workplace';

describe('TaskFiles', () => {
  const folder = useFolder();
  const place = { conversationId: 'chat-1', answerId: 'answer-1' };
  const opened: TaskFiles[] = [];
  /** Milliseconds that the clock of the windows is ahead. */
  let ahead = 0;

  beforeEach(() => {
    ahead = 0;
  });

  afterEach(() => {
    for (const files of opened.splice(0)) files.dispose();
  });

  /** Another window on the same library. */
  function openWindow(): TaskFiles {
    const now = (): number => Date.now() + ahead;
    const files = new TaskFiles(join(folder.path, 'tasks'), {
      fileSystem: nodeFileSystem,
      log: rememberingLog(),
      now,
    });
    opened.push(files);
    return files;
  }

  /** Closes all windows, and waits until that can be seen. */
  async function closeWindows(): Promise<void> {
    for (const files of opened.splice(0)) files.dispose();
    const watcher = openWindow();
    while ((await watcher.list()).some(({ isClaimed }) => isClaimed));
  }

  const namesOfFiles = (): Promise<string[]> => nodeFileSystem.names(join(folder.path, 'tasks'));

  it('gives a task to one window only', async () => {
    const first = openWindow();
    const second = openWindow();
    const claim = await first.claim(place, 1_000);
    assert.ok(claim);
    assert.equal(await second.claim(place, 1_000), undefined);
    assert.ok(await claim.isHeld());
    await claim.release();
    assert.ok(await second.claim(place, 1_000));
  });

  it('gives a task to exactly one of the windows that ask for it at the same time', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), fc.boolean(), async (windows, wasClaimed) => {
        const contested = { conversationId: `c${(count += 1)}`, answerId: 'a' };
        if (wasClaimed) {
          await openWindow().claim(contested, 1);
          await closeWindows();
        }
        const all = Array.from({ length: windows }, openWindow);
        const claims = await Promise.all(all.map((files) => files.claim(contested, 1)));
        const won = claims.filter((claim): claim is TaskClaim => claim !== undefined);
        assert.equal(won.length, 1);
        assert.equal(await won[0]?.isHeld(), true);
      }),
      { numRuns: 30 },
    );
  });

  it('takes the task of a window that no longer responds, which then knows that it lost the task', async () => {
    const lost = await openWindow().claim(place, 1_000);
    const second = openWindow();
    assert.equal(await second.claim(place, 1_000), undefined);
    ahead = 60_000;
    const taken = await second.claim(place, 1_000);
    assert.equal(await taken?.isHeld(), true);
    assert.equal(await lost?.isHeld(), false);
    await lost?.release();
    assert.equal(await taken?.isHeld(), true, 'the window that lost it forgets only its own claim');
    assert.equal((await namesOfFiles()).length, 1);
  });

  it('lets the next window continue at once when a window closes', async () => {
    const first = openWindow();
    await first.claim(place, 1_000);
    assert.ok(first);
    await closeWindows();
    assert.ok(await openWindow().claim(place, 1_000));
  });

  it('lists the tasks of all conversations, the newest first, each with the time of its submission', async () => {
    const files = openWindow();
    await files.claim({ conversationId: 'old', answerId: 'a' }, 1_000);
    await files.claim({ conversationId: 'new', answerId: 'b' }, 3_000);
    await files.claim({ conversationId: 'old', answerId: 'c' }, 2_000);
    const again = openWindow();
    ahead = 60_000;
    await again.claim({ conversationId: 'old', answerId: 'a' }, 9_000);
    const listed = await again.list();
    assert.deepEqual(
      listed.map(({ place: { answerId }, submittedAt, isClaimed }) => [answerId, submittedAt, isClaimed]),
      [
        ['b', 3_000, false],
        ['c', 2_000, false],
        ['a', 1_000, true],
      ],
    );
  });

  it('leaves other files in the folder alone, and takes no id that could name another folder', async () => {
    const path = join(folder.path, 'tasks');
    await nodeFileSystem.makeFolder(path);
    await nodeFileSystem.writeFile(join(path, 'notes.txt'), 'mine');
    const files = openWindow();
    assert.deepEqual(await files.list(), []);
    await assert.rejects(files.claim({ conversationId: '../chat', answerId: 'a' }, 1));
    await (await files.claim(place, 1))?.release();
    assert.deepEqual(await readdir(path), ['notes.txt']);
  });
});
