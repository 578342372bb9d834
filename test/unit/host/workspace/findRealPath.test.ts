import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRealPath, isWithin } from '../../../../src/host/workspace/findRealPath';

describe('findRealPath', () => {
  let folder: string;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'parley-real-')));
    await mkdir(join(folder, 'inside', 'deep'), { recursive: true });
    await mkdir(join(folder, 'outside'));
    await writeFile(join(folder, 'inside', 'a.ts'), 'a');
    await writeFile(join(folder, 'outside', 'victim.ts'), 'v');
    const links: readonly (readonly [string, string])[] = [
      ['outside', 'inside/folder'],
      ['outside/victim.ts', 'inside/file.ts'],
      ['inside/folder', 'inside/chain'],
      ['inside/a.ts', 'inside/harmless.ts'],
      ['outside/nothing.ts', 'inside/dangling.ts'],
      ['inside/circle', 'inside/circle'],
    ];
    for (const [to, from] of links) await symlink(join(folder, to), join(folder, from));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const places: Readonly<Record<string, string | undefined>> = {
    'inside/a.ts': 'inside/a.ts',
    'inside/harmless.ts': 'inside/a.ts',
    'inside/deep/new.ts': 'inside/deep/new.ts',
    'inside/none/new.ts': 'inside/none/new.ts',
    'inside/file.ts': 'outside/victim.ts',
    'inside/folder/victim.ts': 'outside/victim.ts',
    'inside/chain/victim.ts': 'outside/victim.ts',
    'inside/chain/new/er.ts': 'outside/new/er.ts',
    'inside/dangling.ts': undefined,
    'inside/dangling.ts/a.ts': undefined,
    'inside/circle': undefined,
    'inside/circle/a.ts': undefined,
  };
  for (const [path, place] of Object.entries(places))
    it(
      place === undefined ? `returns undefined for ${path}` : `finds that ${path} leads to ${place}`,
      async () => {
        const expected = place === undefined ? undefined : join(folder, place);
        assert.equal(await findRealPath(join(folder, path)), expected);
      },
    );
});

describe('isWithin', () => {
  it('is false for a sibling whose name starts with the name of the folder', () => {
    assert.ok(isWithin('/a', '/a'));
    assert.ok(isWithin('/a', '/a/..b/c'));
    assert.ok(!isWithin('/a', '/ab'));
    assert.ok(!isWithin('/a/b', '/a'));
    assert.ok(!isWithin('/a', '/'));
  });
});
