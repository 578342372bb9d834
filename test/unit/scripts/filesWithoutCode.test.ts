import { deepStrictEqual } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesWithoutCode } from '../../../scripts/filesWithoutCode.mjs';

const files: Readonly<Record<string, string>> = {
  'src/port.ts': "import type { Other } from './other';\nexport interface Port {\n  other: Other;\n}\n",
  'src/kind.d.ts': 'declare const kind: string;\n',
  'src/deep/constant.ts': 'export type Name = string;\nexport const first: Name = "a";\n',
  'src/deep/effect.ts': "import './constant';\n",
  'src/part.tsx': 'export const part = () => <p />;\n',
  'test/port.ts': 'export type Port = string;\n',
};

describe('filesWithoutCode', () => {
  let top: string;

  before(async () => {
    top = await mkdtemp(join(tmpdir(), 'parley-files-'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(top, path)), { recursive: true });
      await writeFile(join(top, path), text);
    }
  });

  after(async () => {
    await rm(top, { recursive: true, force: true });
  });

  it('finds the files of a folder that only declare types', async () => {
    deepStrictEqual((await filesWithoutCode(top, 'src')).toSorted(), ['src/kind.d.ts', 'src/port.ts']);
  });
});
