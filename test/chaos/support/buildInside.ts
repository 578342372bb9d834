import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../support/startVSCode';

/**
 * Bundles a module that VS Code's extension host is to run.
 *
 * @param entry Its source, whose `run()` VS Code calls.
 * @returns The bundle.
 */
export async function buildInside(entry: string): Promise<string> {
  const outfile = join(root, 'dist-test', 'chaos', `${basename(dirname(dirname(entry)))}.js`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
