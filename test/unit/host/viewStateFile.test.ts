import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ViewStateFile } from '../../../src/host/viewStateFile';

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

  it('is silent about a file that is not there yet', async () => {
    assert.equal(await new ViewStateFile(join(folder, 'none.json'), log).load(), undefined);
    assert.deepEqual(warnings, []);
  });

  it('says that a damaged file cannot be read, and goes on', async () => {
    const path = join(folder, 'viewState.json');
    await writeFile(path, '{"changedAt":1,"vie');
    const file = new ViewStateFile(path, log);
    assert.equal(await file.load(), undefined);
    assert.equal(warnings.length, 1);
    file.save(drafts('again'));
    await file.flush();
    assert.deepEqual(await file.load(), drafts('again'));
  });
});
