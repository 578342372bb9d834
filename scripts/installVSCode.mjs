import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.mjs';
import { checkIntegrity } from './checkIntegrity.mjs';
import { nodeIn } from './nodeIn.mjs';
import { Problem } from './problem.mjs';
import { runNpm } from './runNpm.mjs';

/**
 * The VS Codes that Parley is tested on. The npm package code-server carries VS Code whole, and is there wherever npm is.
 * `node` is the Node that the version was made for, when it is not the one of these scripts: on a newer one the oldest hangs
 * while it loads its own extensions. Each has the integrity that `npm view NAME@VERSION dist.integrity` told when it was chosen: what
 * the registry serves today must be the same. Their own dependencies are pinned by the lock files that code-server brings.
 *
 * @type {Record<Version, { codeServer: Pinned, node?: Pinned }>}
 */
export const versions = {
  newest: {
    codeServer: {
      version: '4.139.1',
      integrity:
        'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    },
  },
  oldest: {
    codeServer: {
      version: '4.112.0',
      integrity:
        'sha512-syY0Jyggi+Cz3fvdS8fLz0hvx5HeN05qJPqlM7QTNCbHGCMgQcH9tdS7LytaMwS5sbsRiXfRZF9XZWSXtzma4Q==',
    },
    node: {
      version: '22.23.3',
      integrity:
        'sha512-DefCzy9Twv55AA4RQcOnUd6iQtqmnsJ6twWGasZ33F7BKJEMUJ1KVoumiVSRRNVRHKhBtsoPTvNKMxsE1TG0+Q==',
    },
  },
};

/**
 * @typedef {object} Pinned A package of the npm registry.
 * @property {string} version
 * @property {string} integrity Of its tarball.
 */

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
  const folder = join(cache, `code-server-${codeServer.version}`);
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const installed = {
    node: node === undefined ? process.execPath : nodeIn(join(folder, 'node')),
    server: join(folder, inside, 'out', 'server-main.js'),
  };
  if (existsSync(join(folder, marker))) return installed;

  console.log(`Getting VS Code (code-server ${codeServer.version}) into ${cache}, about half a minute …`);
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, `partial-${codeServer.version}-`));
  try {
    await newProject(partial, {});
    await npm(partial, 'install', '--ignore-scripts', `code-server@${codeServer.version}`);
    await checkIntegrity(partial, 'code-server', codeServer.integrity);
    await npm(join(partial, inside), 'install', '--omit=dev', '--ignore-scripts');
    // TypeScript, without which no language server tells the symbols of a file.
    await npm(join(partial, inside, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
    if (node !== undefined) await installNode(join(partial, 'node'), node);
    await writeFile(join(partial, marker), `${JSON.stringify({ codeServer, node })}\n`);
    await moveInto(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return installed;
}

/** Stands in a folder whose installation is complete. */
const marker = 'complete.json';

/**
 * Makes a folder one in which npm installs.
 *
 * @param {string} folder
 * @param {Record<string, boolean>} allowScripts Packages whose install scripts newer npms may run.
 */
async function newProject(folder, allowScripts) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ private: true, allowScripts })}\n`);
}

/**
 * Installs the package `node`, which gets its binary in an install script. No other package may run one, and its own runs only
 * after what came is known to be the one that was chosen.
 *
 * @param {string} folder
 * @param {Pinned} node
 */
async function installNode(folder, { version, integrity }) {
  await newProject(folder, { node: true });
  await npm(folder, 'install', '--ignore-scripts', `node@${version}`);
  await checkIntegrity(folder, 'node', integrity);
  await npm(folder, 'rebuild', 'node');
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
