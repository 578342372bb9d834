import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

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
  return [
    { name: 'dist/extension.js', bytes: await size(join(dist, 'extension.js')), limit: 150_000 },
    { name: 'dist/transport.js', bytes: await size(join(dist, 'transport.js')) },
    { name: 'webview, first load', bytes: await firstLoad(dist), limit: 300_000 },
    { name: 'parley.vsix', bytes: await size(vsix), limit: 1_000_000 },
  ];
}

/**
 * The panel's script, the chunks that it cannot start without, and its styles.
 *
 * @param {string} dist
 * @returns {Promise<number>}
 */
async function firstLoad(dist) {
  /** @type {unknown} */
  const meta = JSON.parse(await readFile(join(dist, 'meta.json'), 'utf8'));
  const parts = /** @type {readonly import('esbuild').Metafile[]} */ (meta);
  const outputs = new Map(parts.flatMap((part) => Object.entries(part.outputs)));
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} file */
  const visit = (file) => {
    if (files.has(file)) return;
    files.add(file);
    const output = outputs.get(file);
    for (const { path, kind, external } of output?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) visit(path);
    }
    if (output?.cssBundle !== undefined) visit(output.cssBundle);
  };
  visit('dist/webview.js');
  const sizes = await Promise.all([...files].map((file) => size(join(dist, '..', file))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** @param {string} file */
async function size(file) {
  return (await stat(file)).size;
}
