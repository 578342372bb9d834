import { deepStrictEqual, match } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchTypes } from '../../../scripts/watchTypes.mjs';

describe('watchTypes', () => {
  let top: string;
  let stop: (() => void) | undefined;
  let lines: string[];
  let finished: () => void = () => undefined;

  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), 'parley-types-'));
    lines = [];
    // TypeScript's own library would take most of the time.
    await writeFile(
      join(top, 'library.d.ts'),
      'Array<T> Boolean CallableFunction Function IArguments NewableFunction Number Object RegExp String'
        .split(' ')
        .map((name) => `interface ${name} {}\n`)
        .join(''),
    );
    const config = { compilerOptions: { strict: true, types: [], noLib: true } };
    for (const project of ['one', 'two']) {
      await mkdir(join(top, project));
      await writeFile(
        join(top, project, 'tsconfig.json'),
        JSON.stringify({ ...config, include: ['.', '../shared.ts', '../library.d.ts'] }),
      );
      await writeFile(
        join(top, project, `${project}.ts`),
        "import { shared } from '../shared';\nexport const x: number = shared;\n",
      );
    }
    await writeFile(join(top, 'shared.ts'), 'export const shared = 1;\n');
  });

  afterEach(async () => {
    stop?.();
    await rm(top, { recursive: true, force: true });
  });

  /** Does something, and waits for the result of the check that it causes. */
  async function resultOf(action: () => unknown): Promise<string[]> {
    const next = new Promise<void>((resolve) => (finished = resolve));
    await action();
    await next;
    return lines.splice(0);
  }

  function start(): void {
    stop = watchTypes(top, ['one', 'two/tsconfig.json'], (line) => {
      lines.push(line);
      if (line.startsWith('[watch] types finished')) finished();
    });
  }

  it('finds an error when it is made, and that it is gone when it is mended', async () => {
    deepStrictEqual(await resultOf(start), ['[watch] types started', '[watch] types finished, 0 errors']);
    const [began, ...broken] = await resultOf(() =>
      writeFile(join(top, 'one', 'one.ts'), 'export const x: number = "";\n'),
    );
    deepStrictEqual(began, '[watch] types started');
    match(broken[0] ?? '', /^one[/\\]one\.ts\(1,14\): error TS2322: /);
    deepStrictEqual(broken.slice(1), ['[watch] types finished, 1 errors']);
    deepStrictEqual(await resultOf(() => writeFile(join(top, 'one', 'one.ts'), 'export const x = 1;\n')), [
      '[watch] types started',
      '[watch] types finished, 0 errors',
    ]);
  });

  it('reports an error that two projects have in common once, and the errors of one still when the other is checked', async () => {
    await writeFile(join(top, 'shared.ts'), 'export const shared: string = 1;\n');
    const at = await resultOf(start);
    deepStrictEqual(
      at.map((line) => line.replace(/: error.*/, '').replaceAll('\\', '/')),
      [
        '[watch] types started',
        'one/one.ts(2,14)',
        'shared.ts(1,14)',
        'two/two.ts(2,14)',
        '[watch] types finished, 3 errors',
      ],
    );
    const after = await resultOf(() => writeFile(join(top, 'two', 'two.ts'), 'export const x = 1;\n'));
    deepStrictEqual(
      after.map((line) => line.replace(/: error.*/, '').replaceAll('\\', '/')),
      ['[watch] types started', 'one/one.ts(2,14)', 'shared.ts(1,14)', '[watch] types finished, 2 errors'],
    );
  });
});
