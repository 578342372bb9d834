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
    'src/core/turn.ts',
    "import { window } from 'vscode';\nimport { reduce } from '../shared/reduce';\nexport const turn = [window, reduce];\n",
  ],
  'floor-shared': [
    'src/shared/reduce.ts',
    "import type { turn } from '../core/turn';\nexport const reduce = 1 as unknown as typeof turn;\n",
  ],
  'floor-core': [
    'src/core/turn.ts',
    "import { journal } from '../storage/journal';\nimport { reduce } from '../shared/reduce';\nexport const turn = [journal, reduce];\n",
  ],
  'floor-gateway': [
    'src/gateway/client.ts',
    "import { journal } from '../storage/journal';\nimport { turn } from '../core/turn';\nexport const client = [journal, turn];\n",
  ],
  'floor-storage': [
    'src/storage/journal.ts',
    "import { client } from '../gateway/client';\nimport { turn } from '../core/turn';\nexport const journal = [client, turn];\n",
  ],
  'floor-webview': [
    'src/webview/main.tsx',
    "import { turn } from '../core/turn';\nexport const main = turn;\n",
  ],
  'floor-host': [
    'src/host/compose.ts',
    "import * as vscode from 'vscode';\nimport { main } from '../webview/main';\nimport { client } from '../gateway/client';\nimport { journal } from '../storage/journal';\nexport const compose = [vscode, client, journal, main];\n",
  ],
  'node-stays-below-the-glass': [
    'src/core/turn.ts',
    "import { readFile } from 'node:fs/promises';\nimport { reduce } from '../shared/reduce';\nexport const turn = [readFile, reduce];\n",
  ],
};

describe('npm run check, floors', () => {
  let top: string;

  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), 'parley-floors-'));
    for (const file of ['tsconfig.base.json', 'src/webview/tsconfig.json', '.dependency-cruiser.cjs'])
      await cp(join(checkout, file), join(top, file));
    for (const [path, text] of Object.entries(clean)) await write(path, text);
  });

  afterEach(async () => {
    await rm(top, { recursive: true, force: true });
  });

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(top, path)), { recursive: true });
    await writeFile(join(top, path), text);
  }

  async function check(): Promise<{ code: number; output: string }> {
    return await runProgram(
      process.execPath,
      [join(checkout, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'), 'src'],
      { cwd: top },
    );
  }

  it('accepts files that import from their own floor or a lower one', async () => {
    const { code, output } = await check();
    equal(code, 0, output);
  });

  for (const [rule, [path, text]] of Object.entries(refused))
    it(`refuses what breaks the rule ${rule}`, async () => {
      await write(path, text);
      const { code, output } = await check();
      ok(code > 0);
      match(output, new RegExp(`error ${rule}: ${path.replaceAll('.', '\\.')}`));
    });
});
