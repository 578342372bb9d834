import { basename } from 'node:path';
import { build } from 'esbuild';
import { webviewPackages } from '../../../scripts/webviewPackages.mjs';
import { root } from '../../support/startVSCode';

/** The webview's files by name, as the product is built: one script, its lazy chunks, one style sheet, the font. */
export type WebviewFiles = ReadonlyMap<string, Uint8Array>;

let built: Promise<WebviewFiles> | undefined;

/** Builds the webview in memory, once for all tests. */
export function bundleWebview(): Promise<WebviewFiles> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<WebviewFiles> {
  // A person looks at the page and may set a breakpoint.
  const isReadable = process.env['PARLEY_HEADED'] === '1';
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { webview: 'src/webview/main.tsx' },
    outdir: 'dist',
    write: false,
    bundle: true,
    minify: !isReadable,
    sourcemap: isReadable ? 'inline' : false,
    target: 'es2023',
    legalComments: 'none',
    logLevel: 'warning',
    platform: 'browser',
    format: 'esm',
    splitting: true,
    chunkNames: 'webview-[name]-[hash]',
    // Parley draws formulas with Temml, so Mermaid's KaTeX stays out; a browser knows the names of characters itself.
    alias: webviewPackages,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
}
