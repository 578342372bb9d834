/**
 * Builds the bundles. `dist/extension.js` (CommonJS, Node) is what VS Code loads at the start of a window. `dist/main.js` is
 * the rest of the extension and loads with its first use; it leaves out the other bundles of `lazyBundles`, such as
 * `dist/transport.js`, which loads with the first focus of the composer. `dist/webview.js` (ES module) splits what is heavy
 * into lazily loaded chunks beside it.
 *
 * Arguments: `--production` minifies; `--watch` rebuilds on change.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { context } from 'esbuild';
import { undiciDispatcher } from './scripts/undiciDispatcher.mjs';
import { webviewPackages } from './scripts/webviewPackages.mjs';

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

/** The extension without its entry. Each module of `lazyBundles` stays out of it. */
const mainBundle = { compose: { name: 'main', entry: 'src/host/compose.ts' } };

/** A module that is imported dynamically by one of these names is a bundle of its own. */
const lazyBundles = {
  httpChatClient: { name: 'transport', entry: 'src/gateway/httpChatClient.ts' },
  createGeneration: { name: 'generation', entry: 'src/gateway/endpoints/generation/createGeneration.ts' },
  gatewayCheckup: { name: 'checkup', entry: 'src/host/setup/gatewayCheckup.ts' },
  accessibilityHelp: { name: 'help', entry: 'src/host/welcome/accessibilityHelp.ts' },
  contextActions: { name: 'context', entry: 'src/host/context/contextActions.ts' },
  openedContextWatch: { name: 'opened', entry: 'src/host/starters/openedContextWatch.ts' },
  instructionFiles: { name: 'instructions', entry: 'src/host/instructions/instructionFiles.ts' },
  ghostText: { name: 'completions', entry: 'src/host/completions/ghostText.ts' },
  codebaseActions: { name: 'codebase', entry: 'src/host/codebase/codebaseActions.ts' },
  hunkReviews: { name: 'hunks', entry: 'src/host/hunks/hunkReviews.ts' },
  editorActions: { name: 'inlineEdit', entry: 'src/host/quickActions/editorActions.ts' },
  editActions: { name: 'edits', entry: 'src/host/edits/editActions.ts' },
  gatewaySetup: { name: 'setup', entry: 'src/host/setup/gatewaySetup.ts' },
  nativeChat: { name: 'provider', entry: 'src/host/provider/nativeChat.ts' },
  modelPicker: { name: 'models', entry: 'src/host/models/modelPicker.ts' },
  failureRemedies: { name: 'remedies', entry: 'src/host/setup/failureRemedies.ts' },
  keepHouse: { name: 'housekeeping', entry: 'src/host/storage/keepHouse.ts' },
  mediaFiles: { name: 'stored', entry: 'src/storage/media/mediaFiles.ts' },
  mediaActions: { name: 'media', entry: 'src/host/media/mediaActions.ts' },
  backgroundTasks: { name: 'tasks', entry: 'src/host/tasks/backgroundTasks.ts' },
  chatEditors: { name: 'chatEditors', entry: 'src/host/chatEditors/chatEditors.ts' },
  forkConversation: { name: 'fork', entry: 'src/core/conversation/forkConversation.ts' },
  requestTitle: { name: 'title', entry: 'src/core/conversation/requestTitle.ts' },
  storageWarnings: { name: 'storageWarnings', entry: 'src/host/storage/storageWarnings.ts' },
  dictation: { name: 'dictation', entry: 'src/host/speech/dictation.ts' },
  speechActions: { name: 'speech', entry: 'src/host/speech/speechActions.ts' },
  viewStateFile: { name: 'viewState', entry: 'src/host/storage/viewStateFile.ts' },
  offerAnswer: { name: 'notification', entry: 'src/host/chat/offerAnswer.ts' },
  textSearch: { name: 'search', entry: 'src/storage/search/textSearch.ts' },
  sourceControlActions: { name: 'sourceControl', entry: 'src/host/sourceControl/sourceControlActions.ts' },
  failingTests: { name: 'failingTests', entry: 'src/host/failingTests/failingTests.ts' },
  terminalActions: { name: 'terminal', entry: 'src/host/terminal/terminalActions.ts' },
  historyActions: { name: 'history', entry: 'src/host/history/historyActions.ts' },
};

/** @type {import('esbuild').Plugin} */
const separateLazyBundles = {
  name: 'separate-lazy-bundles',
  setup(build) {
    for (const [module, { name }] of Object.entries({ ...mainBundle, ...lazyBundles }))
      build.onResolve({ filter: new RegExp(`/${module}$`) }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${name}.js`, external: true } : undefined,
      );
  },
};

/**
 * Imports `vscode` once for all files. Each import of a CommonJS module as a namespace copies its properties one by one, and
 * VS Code's API has hundreds: with two dozen importers that was a good part of activation.
 *
 * @type {import('esbuild').Plugin}
 */
const sharedVSCode = {
  name: 'shared-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'shared-vscode'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'shared-vscode' },
    );
    build.onLoad({ filter: /.*/, namespace: 'shared-vscode' }, () => ({
      contents: "export * from 'vscode';",
    }));
  },
};

/**
 * Escapes what is not ASCII. esbuild does so itself but in regular expressions, where the escape means the same. V8 keeps a
 * script for as long as it runs, and one Chinese word in 800 KB makes it two bytes a character instead of one.
 *
 * @type {import('esbuild').Plugin}
 */
const asciiScripts = {
  name: 'ascii-scripts',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      const scripts = Object.keys(metafile?.outputs ?? {}).filter((file) => file.endsWith('.js'));
      await Promise.all(
        scripts.map(async (file) => {
          const script = await readFile(file, 'utf8');
          await writeFile(file, script.replaceAll(/[^\0-\x7f]/g, escapeUnit));
        }),
      );
    });
  },
};

/** @param {string} unit One UTF-16 unit. */
function escapeUnit(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Source maps count the characters of a script as esbuild wrote it. */
const forHost = [sharedVSCode, undiciDispatcher, ...(production ? [asciiScripts] : [])];

/** @type {import('esbuild').BuildOptions} */
const host = {
  ...common,
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  // A bundle that is loaded later is CommonJS: `require` loads it a few milliseconds faster than `import()`.
  supported: { 'dynamic-import': false },
};

const builds = await Promise.all([
  context({
    ...host,
    entryPoints: { extension: 'src/extension.ts' },
    // Its files name what they import of `vscode`, so that nothing of VS Code's API is copied.
    external: ['vscode'],
    plugins: [separateLazyBundles, ...(production ? [asciiScripts] : [])],
  }),
  context({
    ...host,
    entryPoints: { main: mainBundle.compose.entry },
    plugins: [separateLazyBundles, ...forHost],
  }),
  context({
    ...host,
    entryPoints: Object.fromEntries(Object.values(lazyBundles).map(({ name, entry }) => [name, entry])),
    plugins: [separateLazyBundles, ...forHost],
  }),
  context({
    ...common,
    entryPoints: { webview: 'src/webview/main.tsx' },
    outdir: 'dist',
    platform: 'browser',
    format: 'esm',
    splitting: true,
    chunkNames: 'webview-[name]-[hash]',
    alias: webviewPackages,
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
