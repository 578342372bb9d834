import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { runNpm } from './runNpm.mjs';

/**
 * Makes a folder one in which npm installs.
 *
 * @param {string} folder
 * @param {Record<string, boolean>} allowScripts Packages whose install scripts newer npms may run.
 */
export async function newProject(folder, allowScripts) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ private: true, allowScripts })}\n`);
}

/**
 * Runs npm for one of the VS Codes of the tests.
 *
 * @param {string} cwd
 * @param {...string} parameters
 * @returns {Promise<void>} Rejects with a {@link Problem} that holds npm's output.
 */
export async function installWithNpm(cwd, ...parameters) {
  const { code, output } = await runNpm([...parameters, '--prefix', cwd, '--no-audit', '--no-fund'], { cwd });
  if (code !== 0) {
    throw new Problem(
      `${output}\nVS Code could not be installed from the npm registry: npm ${parameters.join(' ')} failed, as told above.`,
    );
  }
}
