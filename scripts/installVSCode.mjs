import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addRipgrep } from './addRipgrep.mjs';
import { cacheFolder } from './cacheFolder.mjs';
import { checkIntegrity } from './checkIntegrity.mjs';
import { installWithNpm, newProject } from './installWithNpm.mjs';
import { nodeIn } from './nodeIn.mjs';
import { Problem } from './problem.mjs';
import { restoreProposalChecks } from './restoreProposalCheck.mjs';

/**
 * The VS Codes that Parley is tested on. The npm package code-server carries VS Code whole, and is there wherever npm is.
 * `node` is the Node that the version was made for, when it is not the one of these scripts: on a newer one the oldest hangs
 * while it loads its own extensions. `ripgrep` is set for a version that gets its ripgrep from outside the npm registry. Each has
 * the integrity that `npm view NAME@VERSION dist.integrity` printed when it was chosen: the registry must still serve the same
 * package. Their own dependencies are pinned by the lock files that code-server brings.
 *
 * @type {Record<Version, { codeServer: Pinned, node?: Pinned, ripgrep?: true }>}
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
    ripgrep: true,
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
  const { codeServer, node, ripgrep } = versions[version];
  const cache = cacheFolder();
  const folder = join(cache, `code-server-${codeServer.version}`);
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const installed = {
    node: node === undefined ? process.execPath : nodeIn(join(folder, 'node')),
    server: join(folder, inside, 'out', 'server-main.js'),
  };
  if (existsSync(join(folder, marker))) {
    await updateInstallation(folder, join(folder, inside));
    if (ripgrep) await addRipgrep(join(folder, inside));
    return installed;
  }

  console.log(`Getting VS Code (code-server ${codeServer.version}) into ${cache}, about half a minute …`);
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, `partial-${codeServer.version}-`));
  try {
    await newProject(partial, {});
    await installWithNpm(partial, 'install', '--ignore-scripts', `code-server@${codeServer.version}`);
    await checkIntegrity(partial, 'code-server', codeServer.integrity);
    await installWithNpm(join(partial, inside), 'install', '--omit=dev', '--ignore-scripts');
    // TypeScript, without which no language server tells the symbols of a file.
    await installWithNpm(join(partial, inside, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
    if (node !== undefined) await installNode(join(partial, 'node'), node);
    await restoreProposalChecks(join(partial, inside));
    if (ripgrep) await addRipgrep(join(partial, inside));
    await writeMarker(partial, { codeServer, node, checksProposals: true });
    await moveInto(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return installed;
}

/** The file that a folder has when its installation is complete. */
const marker = 'complete.json';

/**
 * @typedef {object} Installation What the file says.
 * @property {unknown} codeServer What was installed.
 * @property {unknown} [node]
 * @property {true} [checksProposals] VS Code's check of proposed APIs is switched on. Earlier versions of this script left it off.
 */

/**
 * Brings what an earlier version of this script installed up to date.
 *
 * @param {string} folder
 * @param {string} vscode VS Code's own folder in it.
 */
async function updateInstallation(folder, vscode) {
  /** @type {unknown} */
  const parsed = JSON.parse(await readFile(join(folder, marker), 'utf8'));
  const installation = /** @type {Installation} */ (parsed);
  if (installation.checksProposals) return;
  await restoreProposalChecks(vscode);
  await writeMarker(folder, { ...installation, checksProposals: true });
}

/**
 * Several processes may write it at once, and others read it meanwhile: the file is replaced as a whole.
 *
 * @param {string} folder
 * @param {Installation} installation
 */
async function writeMarker(folder, installation) {
  const partial = join(folder, `${marker}.${randomUUID()}.partial`);
  await writeFile(partial, `${JSON.stringify(installation)}\n`);
  await rename(partial, join(folder, marker));
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
  await installWithNpm(folder, 'install', '--ignore-scripts', `node@${version}`);
  await checkIntegrity(folder, 'node', integrity);
  await installWithNpm(folder, 'rebuild', 'node');
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
