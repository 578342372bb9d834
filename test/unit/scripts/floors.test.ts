import { equal, match, ok } from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from '../../../scripts/runProgram.mjs';

const checkout = join(import.meta.dirname, '..', '..', '..');

/** A file on each floor, each importing what its floor may. */
const clean: Readonly<Record<string, string>> = {
  'src/extension.ts': "import { compose } from './host/compose';\nexport const activate = compose;\n",
  'src/host/compose.ts':
    "import * as vscode from 'vscode';\nimport { client } from '../gateway/client';\nimport { journal } from '../storage/journal';\nexport const compose = [vscode, client, journal];\n",
  'src/gateway/client.ts': "import { turn } from '../core/turn';\nexport const client = turn;\n",
  'src/storage/journal.ts': "import { turn } from '../core/turn';\nexport const journal = turn;\n",
  'src/core/turn.ts': "import { reduce } from '../shared/reduce';\nexport const turn = reduce;\n",
  'src/shared/reduce.ts': 'export const reduce = 1;\n',
  'src/webview/main.tsx': "import { reduce } from '../shared/reduce';\nexport const main = reduce;\n",
};

/** Rule → a file that breaks it. */
const refused: Record<string, [path: string, text: string]> = {
  'vscode-in-host-only': [
    'src/core/window.ts',
    "import { window as host } from 'vscode';\nexport const window = host;\n",
  ],
  'floor-shared': [
    'src/shared/turnType.ts',
    "import type { turn } from '../core/turn';\nexport type TurnType = typeof turn;\n",
  ],
  'floor-core': [
    'src/core/stored.ts',
    "import { journal } from '../storage/journal';\nexport const stored = journal;\n",
  ],
  'floor-gateway': [
    'src/gateway/stored.ts',
    "import { journal } from '../storage/journal';\nexport const stored = journal;\n",
  ],
  'floor-storage': [
    'src/storage/sent.ts',
    "import { client } from '../gateway/client';\nexport const sent = client;\n",
  ],
  'floor-webview': [
    'src/webview/turnView.tsx',
    "export const turnView = async () => (await import('../core/turn')).turn;\n",
  ],
  'floor-host': ['src/host/page.ts', "import { main } from '../webview/main';\nexport const page = main;\n"],
  'node-stays-below-the-glass': [
    'src/core/file.ts',
    "import { readFile } from 'node:fs/promises';\nexport const file = readFile;\n",
  ],
  'every-file-on-a-floor': [
    'src/elsewhere.ts',
    "import { reduce } from './shared/reduce';\nexport const elsewhere = reduce;\n",
  ],
  'no-circles': [
    'src/storage/one.ts',
    "import { two } from './two';\nexport const one = (): unknown => two;\n",
  ],
  'no-orphans': ['src/shared/alone.ts', 'export const alone = 1;\n'],
};

describe('npm run check, floors', function () {
  // One run of dependency-cruiser for all rules: each takes seconds.
  this.timeout(60_000);
  let top: string;
  let output: string;

  before(async () => {
    top = await mkdtemp(join(tmpdir(), 'parley-floors-'));
    for (const file of ['tsconfig.base.json', 'src/webview/tsconfig.json', '.dependency-cruiser.cjs'])
      await cp(join(checkout, file), join(top, file));
    await write(clean);
    const accepted = await check();
    equal(accepted.code, 0, accepted.output);
    await write({
      ...Object.fromEntries(Object.values(refused)),
      'src/storage/two.ts': "import { one } from './one';\nexport const two = (): unknown => one;\n",
    });
    const { code, output: found } = await check();
    ok(code > 0);
    output = found;
  });

  after(async () => {
    await rm(top, { recursive: true, force: true });
  });

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(top, path)), { recursive: true });
      await writeFile(join(top, path), text);
    }
  }

  async function check(): Promise<{ code: number; output: string }> {
    return await runProgram(
      process.execPath,
      [join(checkout, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'), 'src'],
      { cwd: top },
    );
  }

  it('accepts files that import from their own floor or a lower one', () => {
    for (const path of Object.keys(clean)) ok(!output.includes(`: ${path}`), path);
  });

  for (const [rule, [path]] of Object.entries(refused))
    it(`refuses what breaks the rule ${rule}`, () => {
      match(output, new RegExp(`error ${rule}: ${path.replaceAll('.', '\\.')}`));
    });
});
