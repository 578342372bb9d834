import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './startVSCode';

/**
 * Bundles the tests that run inside VS Code, each file by itself, as CommonJS: the extension host knows neither TypeScript
 * nor ES modules.
 *
 * @returns The module whose `run()` VS Code calls.
 */
export async function buildIntegration(): Promise<string> {
  const source = join(root, 'test', 'integration');
  const target = join(root, 'dist-test', 'integration');
  await rm(target, { recursive: true, force: true });
  await build({
    entryPoints: [
      join(source, 'index.ts'),
      ...(await Array.fromAsync(glob('**/*.test.{ts,tsx}', { cwd: source }))).map((file) =>
        join(source, file),
      ),
    ],
    outdir: target,
    outbase: source,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2023',
    sourcemap: 'linked',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(target, 'index.js');
}
