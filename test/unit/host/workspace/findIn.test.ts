import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findIn } from '../../../../src/host/workspace/findIn';
import { timeRatio } from '../../../support/timeRatio';

function things(...paths: string[]): { name: string; path: string }[] {
  return paths.map((path) => ({ name: path.split('/').at(-1) ?? '', path }));
}

describe('findIn', () => {
  it('lists matches of the name before matches of the path', () => {
    const find = findIn(things('format/index.ts', 'src/deep/er/format.ts'));
    assert.deepEqual(
      find('format', 10).map(({ path }) => path),
      ['src/deep/er/format.ts', 'format/index.ts'],
    );
  });

  it('finds a file by its initials, by parts of its path, and with backslashes', () => {
    const find = findIn(things('src/host/context/contextActions.ts', 'src/host/panel/chatPanel.ts'));
    for (const query of ['ca', 'cactions', 'host/cont', 'host\\cont', 'context actions']) {
      assert.equal(find(query, 10)[0]?.name, 'contextActions.ts', query);
    }
    assert.deepEqual(find('zzz', 10), []);
  });

  it('finds every file by its whole name among the first 50 matches', () => {
    const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{2,12}\.(ts|md)$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 30 }), (names) => {
        const find = findIn(things(...names.map((each, index) => `folder${index % 3}/${each}`)));
        for (const each of names)
          assert.ok(
            find(each, 50).some((thing) => thing.name === each),
            each,
          );
      }),
      { numRuns: 50 },
    );
  });

  it('searches 50,000 files, lists at most the requested number, and takes time in proportion', () => {
    const findAmong = (count: number): ReturnType<typeof findIn> =>
      findIn(
        things(
          ...Array.from({ length: count }, (_, index) => `packages/p${index % 50}/src/component${index}.ts`),
        ),
      );
    const find = findAmong(50_000);
    const queries = ['c', 'comp', 'cmpt4', 'p12/src', 'component499'];
    for (const query of queries) assert.ok(find(query, 50).length <= 50);
    assert.equal(find('component49999', 50)[0]?.name, 'component49999.ts');

    const findAmongFew = findAmong(5_000);
    const ratio = timeRatio(
      () => {
        for (const query of queries) find(query, 50);
      },
      () => {
        for (let round = 0; round < 10; round += 1) for (const query of queries) findAmongFew(query, 50);
      },
    );
    assert.ok(ratio < 5, `${ratio} times the time of ten searches among a tenth of the files`);
  });
});
