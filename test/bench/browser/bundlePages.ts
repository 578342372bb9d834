import { basename } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';

/** Files by their name. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

const common: BuildOptions = {
  outdir: 'out',
  write: false,
  bundle: true,
  minify: true,
  target: 'es2023',
  legalComments: 'none',
  logLevel: 'error',
  platform: 'browser',
  format: 'esm',
  splitting: true,
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** Bundles programs for pages, each under its own name, as they are built for production. `folder`: the top of the checkout. */
export async function bundlePages(
  folder: string,
  programs: Readonly<Record<string, string>>,
): Promise<PageFiles> {
  return await filesOf({ ...common, absWorkingDir: folder, entryPoints: { ...programs } });
}

/** The panel as it is built for production: `webview.js`, its lazy chunks, `webview.css`, the font. */
export async function bundlePanel(folder: string): Promise<PageFiles> {
  return await filesOf({
    ...common,
    absWorkingDir: folder,
    entryPoints: { webview: 'src/webview/main.tsx' },
    chunkNames: 'webview-[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  });
}

async function filesOf(options: BuildOptions): Promise<PageFiles> {
  const { outputFiles = [] } = await build(options);
  return new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
}
