import { deepEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = path.resolve('src/gateway/network/openTransport.ts');

/** Loads the transport in a new process. */
function load(transport: string, order: 'fetch-first' | 'fetch-later'): unknown {
  const script = path.resolve('test/unit/gateway/openTransport.ts');
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', script, pathToFileURL(transport).href, order],
    { encoding: 'utf8' },
  );
  return JSON.parse(output);
}

describe('Loading the transport', () => {
  let folder: string;
  let bundle: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'parley-transport-'));
    bundle = path.join(folder, 'transport.cjs');
    await build({ entryPoints: [source], outfile: bundle, bundle: true, platform: 'node', format: 'cjs' });
  });
  after(() => rm(folder, { recursive: true }));

  for (const form of ['source', 'bundle'] as const) {
    const transport = (): string => (form === 'source' ? source : bundle);

    it(`leaves the fetch of the extension host alone when it is in use (${form})`, () => {
      deepEqual(load(transport(), 'fetch-first'), { unchanged: true, inUse: true, fetched: 'pong' });
    });

    it(`leaves the fetch of the extension host alone when it is used later (${form})`, () => {
      deepEqual(load(transport(), 'fetch-later'), { unchanged: true, inUse: false, fetched: 'pong' });
    });
  }
});
