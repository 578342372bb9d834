import { deepStrictEqual, equal, match } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { coverageOf, limits } from '../../../scripts/coverageOf.mjs';

const top = join(import.meta.dirname, '..', '..', '..');

function file(path: string, covered: number, total: number): [string, { lines: Count; branches: Count }] {
  return [join(top, path), { lines: { total, covered }, branches: { total: 10, covered: 10 } }];
}

interface Count {
  readonly total: number;
  readonly covered: number;
}

const counts = Object.fromEntries([
  ['total', { lines: { total: 400, covered: 1 }, branches: { total: 400, covered: 1 } }],
  file('src/core/a.ts', 90, 100),
  file('src/core/deep/b.ts', 60, 100),
  file('src/coreless/c.ts', 0, 100),
  file('src/shared/d.ts', 100, 100),
]);

describe('coverageOf', () => {
  it('adds up the files of a folder, by their lines and not by their number', () => {
    const summary = Object.fromEntries([file('src/core/a.ts', 1, 1), file('src/core/deep/b.ts', 50, 99)]);
    const { lines, problems } = coverageOf(summary, top, { 'src/core': { lines: 51, branches: 100 } });
    match(lines[0] ?? '', /src\/core +lines +51\.00 %/);
    deepStrictEqual(problems, []);
  });

  it('refuses a folder below its limit, whatever the others have', () => {
    const { problems } = coverageOf(counts, top, {
      'src/core': { lines: 75.1, branches: 99 },
      'src/shared': { lines: 100, branches: 100 },
    });
    equal(problems.length, 1);
    match(problems[0] ?? '', /^Only 75\.00 % of the lines of src\/core are tested; the limit is 75\.1 %/);
  });

  it('refuses a limit of a folder that has no files', () => {
    const { problems } = coverageOf(counts, top, { 'src/gone': { lines: 1, branches: 1 } });
    match(problems.join(' '), /src\/gone has no file/);
  });

  it('has a limit for each floor that the unit tests cover', () => {
    deepStrictEqual(Object.keys(limits), ['src/shared', 'src/core', 'src/gateway', 'src/storage']);
    for (const folder of Object.keys(limits)) equal(existsSync(join(top, folder)), true);
  });
});
