import { deepStrictEqual, equal, match } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from '../../../../scripts/runProgram.mjs';
import { checkStructure } from '../../../../scripts/structure/checkStructure.mjs';

const checkout = join(import.meta.dirname, '..', '..', '..', '..');

/** A small extension without a problem. */
const clean: Readonly<Record<string, string>> = {
  'src/extension.ts':
    "import { panel } from './host/panel';\nexport const activate = panel;\nexport const deactivate = 1;\n",
  'src/host/panel.ts':
    "import { add } from '../core/sums/add';\nexport const panel = async () => (await import('./lazy')).lazy(add);\n",
  'src/host/lazy.ts':
    "import type { Total } from '../core/total';\nexport const lazy = (x: unknown): Total => x;\n",
  'src/core/total.ts': 'export type Total = unknown;\n',
  'src/core/sums/add.ts': "import type { Total } from '../total';\nexport const add = (a: Total) => a;\n",
  'src/webview/main.tsx': "import { draw } from './draw';\ndraw();\n",
  'src/webview/draw.ts': 'export function draw() {}\n',
  'src/webview/untyped.d.ts': "declare module 'untyped';\n",
  'test/unit/core/sums/add.test.ts': "import { add } from '../../../../src/core/sums/add';\nadd(1);\n",
  'scripts/build.mjs': '',
};

describe('npm run check, structure', () => {
  let top: string;

  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), 'parley-structure-'));
  });

  afterEach(async () => {
    await rm(top, { recursive: true, force: true });
  });

  async function write(changes: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(changes)) {
      await mkdir(dirname(join(top, path)), { recursive: true });
      await writeFile(join(top, path), text);
    }
  }

  /** What the check says about the clean extension with these changes. */
  async function complaints(changes: Readonly<Record<string, string>> = {}): Promise<string[]> {
    await write({ ...clean, ...changes });
    return await checkStructure(top);
  }

  async function refuses(changes: Readonly<Record<string, string>>, expected: RegExp): Promise<void> {
    const [first = '', ...others] = await complaints(changes);
    match(first, expected);
    deepStrictEqual(others, []);
  }

  it('accepts an extension in order', async () => {
    deepStrictEqual(await complaints(), []);
  });

  const unusedExports: Record<string, Readonly<Record<string, string>>> = {
    'that no file imports': { 'src/webview/draw.ts': 'export function draw() {}\nexport const spare = 1;\n' },
    'that only its own test imports': {
      'src/core/sums/add.ts': 'export const add = 1;\nexport const spare = add;\n',
      'test/unit/core/sums/add.test.ts':
        "import { add, spare } from '../../../../src/core/sums/add';\nadd(spare);\n",
    },
    'that only its own test imports, among several exports': {
      'src/core/sums/add.ts': 'export const add = 1;\nconst spare = add;\nexport { spare };\n',
      'test/unit/core/sums/add.test.ts':
        "import * as all from '../../../../src/core/sums/add';\nall.spare;\n",
    },
    'that only its own file uses': {
      'src/core/sums/add.ts': 'export interface spare {}\nexport const add = (a: spare) => a;\n',
    },
    'that is only exported again': {
      'src/core/sums/add.ts': "export const add = 1;\nexport { Total as spare } from '../total';\n",
    },
    'that a dynamic import leaves out': {
      'src/host/lazy.ts':
        "import type { Total } from '../core/total';\nexport const lazy = (x: Total) => x;\nexport const spare = 1;\n",
    },
  };
  for (const [name, changes] of Object.entries(unusedExports))
    it(`refuses an export ${name}`, () =>
      refuses(changes, /^src\/.*:\d+: "spare" is exported, but no other file uses it/));

  const usedExports: Record<string, Readonly<Record<string, string>>> = {
    'the test of another file': {
      'test/unit/core/sums/other.test.ts': "import { spare } from '../../../../src/core/sums/add';\n",
    },
    'a script': { 'scripts/build.mjs': "import { spare } from '../src/core/sums/add.ts';\n" },
    'a type in a script': { 'scripts/build.mjs': "/** */\nexport { spare } from '../src/core/sums/add';\n" },
    'its own test, as a type': {
      'src/core/sums/add.ts': 'export interface spare {}\nexport const add = (a: spare) => a;\n',
      'test/unit/core/sums/add.test.ts': "import { type spare } from '../../../../src/core/sums/add';\n",
    },
    'a test in Chromium': {
      'test/webview/add.test.ts': "import { spare } from '../../src/core/sums/add';\n",
    },
  };
  for (const [name, changes] of Object.entries(usedExports))
    it(`accepts an export that ${name} uses`, async () => {
      deepStrictEqual(
        await complaints({
          'src/core/sums/add.ts': 'export const add = 1;\nexport const spare = add;\n',
          ...changes,
        }),
        [],
      );
    });

  it('accepts a type that is named like its file and that its functions return', async () => {
    deepStrictEqual(
      await complaints({
        'src/core/sums/sumText.ts':
          'export interface SumText {}\nexport const describeSum = (): SumText => ({});\n',
        'src/core/sums/add.ts':
          "import { describeSum } from './sumText';\nimport type { Total } from '../total';\nexport const add = (a: Total) => describeSum();\n",
      }),
      [],
    );
  });

  it('accepts an export that is named like its file and that only its test imports, but not the file', async () => {
    await refuses(
      {
        'src/core/spare.ts': 'export class Spare {}\n',
        'test/unit/core/spare.test.ts': "import { Spare } from '../../../src/core/spare';\nnew Spare();\n",
      },
      /^src\/core\/spare\.ts: nothing of the extension imports this file/,
    );
  });

  it('refuses files that import only each other', async () => {
    const found = await complaints({
      'src/core/one.ts': "import { two } from './two';\nexport const one = two;\n",
      'src/core/two.ts': "import { one } from './one';\nexport const two = one;\n",
    });
    equal(found.length, 2);
    for (const line of found) match(line, /nothing of the extension imports this file/);
  });

  const circles: Record<string, Readonly<Record<string, string>>> = {
    'two folders': {
      'src/core/total.ts': "export type Total = import('./other/number').Number;\n",
      'src/core/other/number.ts': "import { add } from '../sums/add';\nexport type Number = typeof add;\n",
    },
    'two folders, by types alone': {
      'src/core/sums/add.ts':
        "import type { Other } from '../other/other';\nexport const add = (a: Other) => a;\n",
      'src/core/other/other.ts':
        "import type { add } from '../sums/add';\nimport type { Total } from '../total';\nexport type Other = Total | typeof add;\n",
    },
    'a folder and its subfolder': {
      'src/core/total.ts': "import type { add } from './sums/add';\nexport type Total = typeof add;\n",
    },
    'two folders, each through another subfolder': {
      'src/core/sums/add.ts':
        "import type { Deep } from '../other/deep/deep';\nexport const add = (a: Deep) => a;\n",
      'src/core/other/deep/deep.ts': "import type { Total } from '../../total';\nexport type Deep = Total;\n",
      'src/core/other/flat/flat.ts':
        "import { more } from '../../sums/more/more';\nexport const flat = more;\n",
      'src/core/sums/more/more.ts': 'export const more = 1;\n',
      'src/host/lazy.ts':
        "import { flat } from '../core/other/flat/flat';\nimport type { Total } from '../core/total';\nexport const lazy = (x: Total) => flat;\n",
    },
    'three folders': {
      'src/core/sums/add.ts':
        "import { b } from '../b/b';\nimport type { Total } from '../total';\nexport const add = (a: Total) => b;\n",
      'src/core/b/b.ts': "import { c } from '../c/c';\nexport const b = c;\n",
      'src/core/c/c.ts':
        "import type { add } from '../sums/add';\nexport const c = 1 as unknown as typeof add;\n",
    },
  };
  for (const [name, changes] of Object.entries(circles))
    it(`refuses a circle of ${name}`, () =>
      refuses(changes, /^src\/core: .*sums.* is a circle of folders\.\n/));

  it('names an import for each step of a circle', async () => {
    const [circle = ''] = await complaints({
      'src/core/total.ts': "import type { add } from './sums/add';\nexport type Total = typeof add;\n",
    });
    match(circle, /src\/core\/total\.ts → src\/core\/sums\/add\.ts/);
    match(circle, /src\/core\/sums\/add\.ts → src\/core\/total\.ts/);
  });

  it('ends with code 1 and prints what it found, and with code 0 when there is nothing', async function () {
    this.timeout(60_000);
    const run = (): Promise<{ code: number; output: string }> =>
      runProgram(process.execPath, [join(checkout, 'scripts', 'checkStructure.mjs'), top]);
    await write(clean);
    deepStrictEqual(await run(), { code: 0, output: '' });
    await write({ 'src/webview/draw.ts': 'export function draw() {}\nexport const spare = 1;\n' });
    const { code, output } = await run();
    equal(code, 1);
    match(output, /^src\/webview\/draw\.ts:2: "spare" is exported/);
  });

  it('accepts circles of files within one folder: dependency-cruiser decides about those', async () => {
    deepStrictEqual(
      await complaints({
        'src/webview/draw.ts': "import type { Ink } from './ink';\nexport function draw(ink?: Ink) {}\n",
        'src/webview/ink.ts': "import type { draw } from './draw';\nexport type Ink = typeof draw;\n",
      }),
      [],
    );
  });

  for (const [one, two] of [
    ['src/core/total.ts', 'src/webview/total.ts'],
    ['src/core/total.ts', 'src/webview/Total.ts'],
    ['src/core/total.ts', 'src/webview/total.tsx'],
  ] as const)
    it(`refuses ${one} beside ${two}`, async () => {
      const stem =
        two
          .split('/')
          .at(-1)
          ?.replace(/\.tsx?$/, '') ?? '';
      await refuses(
        {
          'src/webview/draw.ts': `import { total } from './${stem}';\nexport const draw = () => total;\n`,
          [two]: 'export const total = 1;\n',
        },
        /have the same name/,
      );
    });
});
