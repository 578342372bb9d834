import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/**
 * @typedef {object} Measure
 * @property {string} name
 * @property {number} bytes
 * @property {number} [limit] In bytes; none when the size is only told.
 */

/**
 * Weighs what a user waits for.
 *
 * @param {string} dist The folder of the bundles, with esbuild's meta.json.
 * @param {string} vsix
 * @returns {Promise<Measure[]>}
 */
export async function measureBundles(dist, vsix) {
  const vsixSize = await size(vsix);
  const onDemand = await packedSize(dist, await filesOnDemand(dist));
  return [
    { name: 'dist/extension.js', bytes: await size(join(dist, 'extension.js')), limit: 20_000 },
    { name: 'dist/main.js', bytes: await size(join(dist, 'main.js')), limit: 200_000 },
    { name: 'dist/transport.js', bytes: await size(join(dist, 'transport.js')) },
    { name: 'webview, first load', bytes: await loadedSize(dist, isFirstLoad), limit: 200_000 },
    { name: 'webview, with a chat', bytes: await loadedSize(dist, isLoadedWithChat), limit: 350_000 },
    { name: 'parley.vsix, on demand', bytes: onDemand },
    { name: 'parley.vsix, the rest', bytes: vsixSize - onDemand, limit: 1_000_000 },
    { name: 'parley.vsix', bytes: vsixSize },
  ];
}

/** @typedef {(kind: string, entryPoint: string | undefined) => boolean} Follows Whether an import is part of a load. */

/** @type {Follows} The panel's script, the chunks that it cannot start without, and its styles. */
const isFirstLoad = (kind) => kind === 'import-statement';

/** @type {Follows} The first load, and what draws a conversation. */
const isLoadedWithChat = (kind, entryPoint) =>
  isFirstLoad(kind, entryPoint) || entryPoint === 'src/webview/transcript/transcript.tsx';

/**
 * @param {string} dist
 * @param {Follows} follows
 * @returns {Promise<number>} Bytes.
 */
async function loadedSize(dist, follows) {
  const outputs = await readOutputs(dist);
  const files = reached(outputs, (kind, file) => follows(kind, outputs.get(file)?.entryPoint));
  const sizes = await Promise.all([...files].map((file) => size(join(dist, '..', file))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** What draws formulas and diagrams: nobody waits for it who has none. */
const drawers = /^src\/webview\/markdown\/(?:math\/drawMath|diagram\/drawDiagram)\.ts$/;

/** The bundles of features that most windows never use. Each loads with the first use of its feature. */
const featureBundles = [
  'generation.js',
  'speech.js',
  'dictation.js',
  'codebase.js',
  'completions.js',
  'checkup.js',
  'provider.js',
  'tasks.js',
  'search.js',
  'history.js',
  'help.js',
  'chatEditors.js',
  'fork.js',
  'storageWarnings.js',
  'hunks.js',
  'sourceControl.js',
  'terminal.js',
  'failingTests.js',
  'inlineEdit.js',
];

/**
 * The chunks that are loaded with the first formula or diagram and for nothing else, and the bundles of features.
 *
 * @param {string} dist
 * @returns {Promise<string[]>}
 */
async function filesOnDemand(dist) {
  const outputs = await readOutputs(dist);
  const all = reached(outputs, () => true);
  const others = reached(outputs, (_, file) => !drawers.test(outputs.get(file)?.entryPoint ?? ''));
  return [...[...all].filter((file) => !others.has(file)), ...featureBundles.map((name) => `dist/${name}`)];
}

/**
 * The outputs that `webview.js` leads to by imports that `follows` lets through.
 *
 * @param {ReadonlyMap<string, import('esbuild').Metafile['outputs'][string]>} outputs
 * @param {(kind: string, file: string) => boolean} follows
 * @returns {Set<string>}
 */
function reached(outputs, follows) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} file */
  const visit = (file) => {
    if (files.has(file)) return;
    files.add(file);
    const output = outputs.get(file);
    for (const { path, kind, external } of output?.imports ?? []) {
      if (external !== true && follows(kind, path)) visit(path);
    }
    if (output?.cssBundle !== undefined) visit(output.cssBundle);
  };
  visit('dist/webview.js');
  return files;
}

/**
 * What esbuild wrote, by its path from the top of the checkout.
 *
 * @param {string} dist
 * @returns {Promise<Map<string, import('esbuild').Metafile['outputs'][string]>>}
 */
async function readOutputs(dist) {
  /** @type {unknown} */
  const meta = JSON.parse(await readFile(join(dist, 'meta.json'), 'utf8'));
  const parts = /** @type {readonly import('esbuild').Metafile[]} */ (meta);
  return new Map(parts.flatMap((part) => Object.entries(part.outputs)));
}

/**
 * What files take in the package, which is compressed file by file.
 *
 * @param {string} dist
 * @param {readonly string[]} files
 * @returns {Promise<number>}
 */
async function packedSize(dist, files) {
  const scripts = files.filter((file) => file.endsWith('.js'));
  const contents = await Promise.all(scripts.map((file) => readFile(join(dist, '..', file))));
  return contents.reduce((sum, content) => sum + deflateRawSync(content, { level: 9 }).length, 0);
}

/** @param {string} file */
async function size(file) {
  return (await stat(file)).size;
}
