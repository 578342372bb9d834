import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.mjs';
import { Problem } from './problem.mjs';
import { runNpm } from './runNpm.mjs';

/**
 * The VS Codes that Parley is tested on. The npm package code-server carries VS Code whole, and is there wherever
 * npm is; `rebuild` names the native modules without which that version does not start.
 */
export const versions = {
  newest: { codeServer: '4.139.1', rebuild: [] },
  oldest: { codeServer: '4.112.0', rebuild: ['@vscode/spdlog', '@vscode/native-watchdog'] },
};

/** @typedef {keyof typeof versions} Version */

/**
 * Gets VS Code into the cache folder, once.
 *
 * @param {Version} [version]
 * @returns {Promise<string>} The folder of VS Code, in which `out/server-main.js` is.
 */
export async function installVSCode(version = 'newest') {
  const { codeServer, rebuild } = versions[version];
  const cache = cacheFolder();
  const folder = join(cache, `code-server-${codeServer}`);
  const inside = ['node_modules', 'code-server', 'lib', 'vscode'];
  if (existsSync(join(folder, 'complete.json'))) return join(folder, ...inside);

  console.log(`Getting VS Code (code-server ${codeServer}) into ${cache}, about half a minute …`);
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, `partial-${codeServer}-`));
  try {
    await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
    await npm(partial, 'install', '--ignore-scripts', '--save-exact', `code-server@${codeServer}`);
    const vscode = join(partial, ...inside);
    await npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
    if (rebuild.length > 0) await npm(vscode, 'rebuild', ...rebuild);
    await writeFile(join(partial, 'complete.json'), `${JSON.stringify({ codeServer })}\n`);
    await moveInto(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return join(folder, ...inside);
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
    if (existsSync(join(folder, 'complete.json'))) return;
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
