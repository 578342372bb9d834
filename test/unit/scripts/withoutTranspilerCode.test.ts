import { deepStrictEqual, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { withoutTranspilerCode, type ScriptCoverage } from '../../../scripts/withoutTranspilerCode.mjs';

/** With one branch that runs and one that does not. */
const source = `import { join } from 'node:path';
export function nameOf(isLong: boolean): string {
  return isLong ? join('a', 'b') : 'a';
}
nameOf(true);
`;

describe('the coverage of a module that tsx has turned into CommonJS', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-coverage-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs the source with V8's coverage. */
  async function measure(): Promise<ScriptCoverage> {
    const file = join(folder, 'source.ts');
    await writeFile(file, source);
    await promisify(execFile)(process.execPath, ['--import', 'tsx', file], {
      env: { ...process.env, NODE_V8_COVERAGE: join(folder, 'coverage') },
    });
    for (const name of await readdir(join(folder, 'coverage'))) {
      const text = await readFile(join(folder, 'coverage', name), 'utf8');
      const { result } = JSON.parse(text) as { result: ScriptCoverage[] };
      const found = result.find(({ url }) => url === pathToFileURL(file).href);
      if (found !== undefined) return found;
    }
    throw new Error('V8 has written no coverage of the source.');
  }

  const unused = ({ functions }: ScriptCoverage): string[] =>
    functions.flatMap(({ functionName, ranges }) =>
      ranges.filter(({ count }) => count === 0).map(() => functionName),
    );

  it('counts the branches of the source, and none that tsx has added', async () => {
    const script = await measure();
    ok(unused(script).length > 1, 'tsx adds branches that never run');
    deepStrictEqual(unused(withoutTranspilerCode(script)), ['nameOf']);
  });

  it('is left as it is for a module that is not from TypeScript', () => {
    const ranges = [{ startOffset: 0, endOffset: 20, count: 0 }];
    const script = { url: 'file:///a.mjs', functions: [{ functionName: '', isBlockCoverage: true, ranges }] };
    deepStrictEqual(withoutTranspilerCode(script), script);
  });
});
