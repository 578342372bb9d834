import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../support/startVSCode';

/** The witness as a script that a browser runs in each frame before anything else. */
export async function buildWitness(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test', 'chaos', 'output', 'page', 'witness.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    logLevel: 'warning',
  });
  return outputFiles.map(({ text }) => text).join('');
}
