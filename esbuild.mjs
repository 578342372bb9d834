/**
 * Builds the two bundles. `dist/extension.js` (CommonJS, Node) leaves out the wire, which
 * becomes `dist/transport.js` and is loaded with the first focus of the composer. `dist/webview.js`
 * (ES module) splits what is heavy into lazily loaded chunks beside it.
 *
 * Arguments: `--production` minifies; `--watch` rebuilds on change.
 */
import { rm, writeFile } from 'node:fs/promises';
import { context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2023',
  legalComments: 'none',
  logLevel: 'info',
  metafile: true,
};

/** Keeps the lazily loaded wire out of the main bundle. @type {import('esbuild').Plugin} */
const separateWire = {
  name: 'separate-wire',
  setup(build) {
    build.onResolve({ filter: /\/client$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './transport.js', external: true } : undefined,
    );
  },
};

const builds = await Promise.all([
  context({
    ...common,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    plugins: [separateWire],
  }),
  context({
    ...common,
    entryPoints: { transport: 'src/gateway/client.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
  }),
  context({
    ...common,
    entryPoints: { webview: 'src/webview/main.tsx' },
    outdir: 'dist',
    platform: 'browser',
    format: 'esm',
    splitting: true,
    chunkNames: 'webview-[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  }),
]);

if (watch) {
  await Promise.all(builds.map((build) => build.watch()));
} else {
  await rm('dist', { recursive: true, force: true });
  const results = await Promise.all(builds.map((build) => build.rebuild()));
  await writeFile(
    'dist/meta.json',
    JSON.stringify(
      results.map((result) => result.metafile),
      null,
      1,
    ),
  );
  await Promise.all(builds.map((build) => build.dispose()));
}
