import { deepStrictEqual } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { affectedTests, TestWatcher } from '../../../scripts/testWatcher.mjs';
import { readModule } from '../../../scripts/structure/readModule.mjs';

const files: Readonly<Record<string, string>> = {
  'src/shared/base.ts': 'export const base = 1;\n',
  'src/core/sum.ts': "import { base } from '../shared/base';\nexport const sum = base;\n",
  'src/core/lone.ts': 'export const lone = 1;\n',
  'test/unit/core/sum.test.ts': "import { sum } from '../../../src/core/sum';\nsum;\n",
  'test/unit/core/lone.test.ts': "const { lone } = await import('../../../src/core/lone');\nlone;\n",
  'test/unit/core/both.test.ts':
    "import { sum } from '../../../src/core/sum';\nimport { help } from '../help';\n",
  'test/unit/help.ts': "import type { lone } from '../../src/core/lone';\nexport const help = 1;\n",
};

const modules = new Map(Object.entries(files).map(([path, text]) => [path, readModule(path, text)]));

describe('affectedTests', () => {
  const cases: Record<string, string[]> = {
    'src/core/sum.ts': ['both', 'sum'],
    'src/shared/base.ts': ['both', 'sum'],
    'src/core/lone.ts': ['both', 'lone'],
    'test/unit/help.ts': ['both'],
    'test/unit/core/sum.test.ts': ['sum'],
    'src/other.ts': [],
  };
  for (const [file, tests] of Object.entries(cases))
    it(`finds ${tests.join(' and ') || 'no test'} for a change of ${file}`, () => {
      deepStrictEqual(
        affectedTests(modules, [file]),
        tests.map((name) => `test/unit/core/${name}.test.ts`),
      );
    });
});

describe('TestWatcher', () => {
  let top: string;
  let stop: (() => void) | undefined;
  let runs: { files: readonly string[]; end: (passed: boolean) => void; stopped: boolean }[];
  let noticed: () => void = () => undefined;

  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), 'parley-watch-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(top, path)), { recursive: true });
      await writeFile(join(top, path), text);
    }
    runs = [];
  });

  afterEach(async () => {
    stop?.();
    await rm(top, { recursive: true, force: true });
  });

  async function watch(chosen: readonly string[] = []): Promise<void> {
    stop = await new TestWatcher(top, chosen, (files) => {
      const { promise: passed, resolve: end } = Promise.withResolvers<boolean>();
      const run = { files, end, stopped: false };
      runs.push(run);
      noticed();
      return {
        passed,
        stop: () => {
          run.stopped = true;
          end(false);
        },
      };
    }).watch();
  }

  /** Changes a file and waits for the run that follows. */
  async function change(path: string, text: string): Promise<readonly string[]> {
    const next = new Promise<void>((resolve) => (noticed = resolve));
    await writeFile(join(top, path), text);
    await next;
    return (runs.at(-1)?.files ?? []).map((file) => file.replace(/^.*\/|\.test\.ts$/g, ''));
  }

  it('runs the tests of a changed file again and again', async () => {
    await watch();
    deepStrictEqual(await change('src/core/lone.ts', 'export const lone = 2;\n'), ['both', 'lone']);
    runs[0]?.end(true);
    deepStrictEqual(await change('src/shared/base.ts', 'export const base = 2;\n'), ['both', 'sum']);
    runs[1]?.end(true);
    deepStrictEqual(await change('src/shared/base.ts', 'export const base = 3;\n'), ['both', 'sum']);
  });

  it('runs tests that failed again with the next change, and ends a run that is out of date', async () => {
    await watch();
    await change('test/unit/core/lone.test.ts', 'broken;\n');
    runs[0]?.end(false);
    deepStrictEqual(await change('src/core/sum.ts', 'export const sum = 2;\n'), ['both', 'lone', 'sum']);
    deepStrictEqual(await change('test/unit/core/lone.test.ts', 'mended;\n'), ['both', 'lone', 'sum']);
    deepStrictEqual(
      runs.map(({ stopped }) => stopped),
      [false, true, false],
    );
  });

  it('follows imports that a change adds', async () => {
    await watch();
    await change('test/unit/core/lone.test.ts', "import '../../../src/shared/base';\n");
    runs[0]?.end(true);
    deepStrictEqual(await change('src/shared/base.ts', 'export const base = 2;\n'), ['both', 'lone', 'sum']);
  });

  it('runs chosen tests at the start, and no others', async () => {
    await watch(['test/unit/core/sum.test.ts']);
    deepStrictEqual(
      runs.map(({ files }) => files),
      [['test/unit/core/sum.test.ts']],
    );
    runs[0]?.end(true);
    deepStrictEqual(await change('src/shared/base.ts', 'export const base = 2;\n'), ['sum']);
  });
});
