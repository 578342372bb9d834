import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';

/** Builds the extension that Parley is compared with into `target`. `folder`: the top of the checkout. */
export async function buildOthers(folder: string, target: string): Promise<void> {
  const source = join(folder, 'test', 'bench', 'endToEnd', 'others');
  const common: BuildOptions = {
    absWorkingDir: source,
    outdir: target,
    bundle: true,
    minify: true,
    target: 'es2023',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  await mkdir(target, { recursive: true });
  await Promise.all([
    build({
      ...common,
      entryPoints: ['extension.ts'],
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
    }),
    build({
      ...common,
      entryPoints: ['floorPage.ts', 'usualPage.ts'],
      platform: 'browser',
      format: 'esm',
    }),
    copyFile(join(source, 'package.json'), join(target, 'package.json')),
  ]);
}
