import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.mjs';
import { nodeIn } from './nodeIn.mjs';
import { Problem } from './problem.mjs';
import { runNpm } from './runNpm.mjs';

/**
 * The VS Codes that Parley is tested on. The npm package code-server carries VS Code whole, and is there wherever npm is.
 * `node` is the Node that the version was made for, when it is not the one of these scripts: on a newer one the oldest hangs
 * while it loads its own extensions.
 *
 * @type {Record<Version, { codeServer: string, node?: string }>}
 */
export const versions = {
  newest: { codeServer: '4.139.1' },
  oldest: { codeServer: '4.112.0', node: '22' },
};

/** @typedef {'newest' | 'oldest'} Version */

/**
 * @typedef {object} InstalledVSCode
 * @property {string} node The Node to run it with.
 * @property {string} server Its web server, `server-main.js`.
 */

/**
 * Gets VS Code into the cache folder, once.
 *
 * @param {Version} [version]
 * @returns {Promise<InstalledVSCode>}
 */
export async function installVSCode(version = 'newest') {
  const { codeServer, node } = versions[version];
  const cache = cacheFolder();
  const folder = join(cache, `code-server-${codeServer}`);
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const installed = {
    node: node === undefined ? process.execPath : nodeIn(join(folder, 'node')),
    server: join(folder, inside, 'out', 'server-main.js'),
  };
  if (existsSync(join(folder, marker))) return installed;

  console.log(`Getting VS Code (code-server ${codeServer}) into ${cache}, about half a minute …`);
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, `partial-${codeServer}-`));
  try {
    await npm(await newProject(partial), 'install', '--ignore-scripts', `code-server@${codeServer}`);
    await npm(join(partial, inside), 'install', '--omit=dev', '--ignore-scripts');
    // TypeScript, without which no language server tells the symbols of a file.
    await npm(join(partial, inside, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
    if (node !== undefined) await npm(await newProject(join(partial, 'node')), 'install', `node@${node}`);
    await writeFile(join(partial, marker), `${JSON.stringify({ codeServer })}\n`);
    await moveInto(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return installed;
}

/** Stands in a folder whose installation is complete. */
const marker = 'complete.json';

/**
 * @param {string} folder
 * @returns {Promise<string>} The folder, now one in which npm installs.
 */
async function newProject(folder) {
  await mkdir(folder, { recursive: true });
  // The package `node` gets its binary in an install script, which newer npms run only when told so.
  await writeFile(join(folder, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }\n');
  return folder;
}

/**
 * Two processes may install at once: the first to finish wins, the other uses its work.
 *
 * @param {string} partial
 * @param {string} folder
 */
async function moveInto(partial, folder) {
  try {
    await rename(partial, folder);
  } catch (error) {
    if (existsSync(join(folder, marker))) return;
    throw new Problem(`VS Code could not be put into ${folder}: ${String(error)}.`);
  }
}

/**
 * @param {string} cwd
 * @param {...string} parameters
 */
async function npm(cwd, ...parameters) {
  const { code, output } = await runNpm([...parameters, '--prefix', cwd, '--no-audit', '--no-fund'], { cwd });
  if (code !== 0) {
    throw new Problem(
      `${output}\nVS Code could not be installed from the npm registry: npm ${parameters.join(' ')} failed, as told above.`,
    );
  }
}
