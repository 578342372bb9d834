import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from './problem.mjs';

/**
 * Compares what npm has installed with what was chosen. npm refuses a tarball that does not fit the integrity that the registry
 * tells, and notes that integrity; this refuses a registry that tells another one.
 *
 * @param {string} folder Where npm installed.
 * @param {string} name The package.
 * @param {string} integrity As in a lock file: `sha512-…`.
 * @returns {Promise<void>} Rejects with a {@link Problem} when they differ, or npm noted none.
 */
export async function checkIntegrity(folder, name, integrity) {
  const found = await notedIntegrity(join(folder, 'node_modules', '.package-lock.json'), name);
  if (found === integrity) return;
  throw new Problem(
    `The npm registry has another ${name} than the one that Parley's tests were made for: its integrity is ${found ?? 'not known'} instead of ${integrity}. Nothing of it was run. Check the registry that npm uses (npm config get registry).`,
  );
}

/**
 * @param {string} lockFile npm's own note of what is in `node_modules`.
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
async function notedIntegrity(lockFile, name) {
  if (!existsSync(lockFile)) return undefined;
  /** @type {unknown} */
  const lock = JSON.parse(await readFile(lockFile, 'utf8'));
  const { packages = {} } = /** @type {{ packages?: Record<string, { integrity?: string } | undefined> }} */ (
    lock
  );
  return packages[`node_modules/${name}`]?.integrity;
}
