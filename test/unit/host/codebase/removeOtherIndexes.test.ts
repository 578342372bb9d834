import { deepStrictEqual, notStrictEqual } from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOfIndex, removeOtherIndexes } from '../../../../src/host/codebase/removeOtherIndexes';

const modelOf = (modelId: string) =>
  ({ kind: 'embeddings', gatewayId: 'g', baseUrl: 'https://g.example/v1', modelId }) as const;

describe('the folders of indexes', () => {
  it('differ by model and by width', () => {
    notStrictEqual(nameOfIndex(modelOf('a'), 3), nameOfIndex(modelOf('b'), 3));
    notStrictEqual(nameOfIndex(modelOf('a'), 3), nameOfIndex(modelOf('a'), 4));
  });

  it('are removed with their content when another model is used, but for the index without vectors', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-indexes-'));
    try {
      const [old, current] = [nameOfIndex(modelOf('a'), 3), nameOfIndex(modelOf('b'), 3)];
      const words = nameOfIndex({ kind: 'words' }, 0);
      for (const name of [old, current, words]) {
        await mkdir(join(folder, name));
        await writeFile(join(folder, name, '00000001.x.segment'), 'x');
      }
      await removeOtherIndexes(folder, current);
      deepStrictEqual((await readdir(folder)).sort(), [current, words].sort());
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
