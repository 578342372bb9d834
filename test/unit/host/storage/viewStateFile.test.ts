import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ViewStateFile } from '../../../../src/host/storage/viewStateFile';
import { readViewState, type RememberedConversation } from '../../../../src/shared/messages/viewState';
import { FaultyFileSystem } from '../../../support/storage/faultyFileSystem';

describe('view state file', () => {
  let folder: string;
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (message: string) => void warnings.push(message),
    error: () => undefined,
  };
  const drafts = (
    draft: string,
  ): { changedAt: number; views: { key: string; draft: string; anchor: null }[] } => ({
    changedAt: 1,
    views: [{ key: 'chat', draft, anchor: null }],
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-view-'));
    warnings.length = 0;
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('gives back what was saved last, though many come at once', async () => {
    const path = join(folder, 'made', 'when needed', 'viewState.json');
    const file = new ViewStateFile(path, log);
    for (let key = 0; key < 100; key += 1) file.save(drafts('x'.repeat(key)));
    await file.flush();
    assert.deepEqual(await new ViewStateFile(path, log).load(), drafts('x'.repeat(99)));
  });

  it('keeps what two views remember, and tells which drafts are new', async () => {
    const path = join(folder, 'viewState.json');
    const file = new ViewStateFile(path, log);
    const view = (key: string, draft: string, at: number): RememberedConversation => ({
      ...{ key, draft, anchor: null, at },
    });
    file.save({ changedAt: 1, views: [view('left', 'one', 1)] });
    const stale = view('left', '', 0);
    const changed = file.save({ changedAt: 2, views: [stale, view('right', 'two', 2)] });
    assert.deepEqual(changed, [view('right', 'two', 2)]);
    await file.flush();
    const stored = readViewState(await new ViewStateFile(path, log).load());
    assert.deepEqual(new Set(stored.views), new Set([view('left', 'one', 1), view('right', 'two', 2)]));
  });

  it('remembers the conversation of each editor tab beside the drafts', async () => {
    const path = join(folder, 'viewState.json');
    const file = new ViewStateFile(path, log);
    file.saveTab({ tab: 'left', chat: 'a', isNew: true });
    file.saveTab({ tab: 'right', chat: 'b', isNew: false });
    file.save(drafts('half a thought'));
    file.saveTab({ tab: 'left', chat: 'a', isNew: false });
    await file.flush();
    const next = new ViewStateFile(path, log);
    assert.deepEqual(await next.load(), drafts('half a thought'));
    assert.deepEqual(next.tab('left'), { tab: 'left', chat: 'a', isNew: false });
    assert.deepEqual(next.tab('right'), { tab: 'right', chat: 'b', isNew: false });
    assert.equal(next.tab('other'), undefined);
  });

  it('never replaces drafts that it could not read', async () => {
    const path = join(folder, 'viewState.json');
    const earlier = new ViewStateFile(path, log);
    earlier.save({ changedAt: 1, views: [{ key: 'old', draft: 'old', anchor: null }] });
    await earlier.flush();
    let fails = true;
    const disk = new FaultyFileSystem((_, operation) =>
      fails && operation === 'readText' ? 'beforehand' : 'fine',
    );
    const file = new ViewStateFile(path, log, disk);
    assert.equal(await file.load(), undefined);
    file.save({ changedAt: 2, views: [{ key: 'new', draft: 'new', anchor: null }] });
    await file.flush();
    fails = false;
    await file.flush();
    const stored = readViewState(await new ViewStateFile(path, log).load());
    assert.deepEqual(stored.views.map(({ draft }) => draft).toSorted(), ['new', 'old']);
  });

  it('is silent about a file that is not there yet', async () => {
    assert.equal(await new ViewStateFile(join(folder, 'none.json'), log).load(), undefined);
    assert.deepEqual(warnings, []);
  });

  it('sets a damaged file aside, says so, and goes on', async () => {
    const path = join(folder, 'viewState.json');
    await writeFile(path, '{"changedAt":1,"vie');
    const file = new ViewStateFile(path, log);
    assert.equal(await file.load(), undefined);
    const place = join(folder, 'damaged', 'viewState.json');
    assert.equal(await readFile(place, 'utf8'), '{"changedAt":1,"vie');
    assert.equal(warnings.length, 1);
    assert.ok(warnings[0]?.includes(place));
    file.save(drafts('again'));
    await file.flush();
    assert.deepEqual(await new ViewStateFile(path, log).load(), drafts('again'));
  });

  it('does not believe a file in which a single letter was changed', async () => {
    const path = join(folder, 'viewState.json');
    const file = new ViewStateFile(path, log);
    file.save(drafts('a draft'));
    await file.flush();
    await writeFile(path, (await readFile(path, 'utf8')).replace('a draft', 'a graft'));
    assert.equal(await new ViewStateFile(path, log).load(), undefined);
  });

  it('tries what could not be saved once more when the window closes', async () => {
    const path = join(folder, 'viewState.json');
    let isBroken = true;
    const disk = new FaultyFileSystem((_, operation) =>
      isBroken && operation === 'rename' ? 'beforehand' : 'fine',
    );
    const file = new ViewStateFile(path, log, disk);
    file.save(drafts('kept'));
    while (warnings.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    isBroken = false;
    await file.flush();
    assert.deepEqual(await new ViewStateFile(path, log).load(), drafts('kept'));
    assert.deepEqual(await readdir(folder), ['viewState.json']);
  });
});
