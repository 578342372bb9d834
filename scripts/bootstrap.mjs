import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeIn } from './nodeIn.mjs';
import { Problem } from './problem.mjs';
import { runNpm } from './runNpm.mjs';
import { whenOrphaned } from './whenOrphaned.mjs';

/** Top of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes the calling script run with every package installed, on the Node that the project brings
 * along (the package `node`). It needs nothing but Node 18 itself: the first thing that a fresh clone runs.
 * When another Node must take over, the script is run again there and this process ends with its exit code.
 *
 * @param {string} script `import.meta.url` of the script.
 * @returns {Promise<void>} Resolves only in the process that may go on.
 */
export async function bootstrap(script) {
  if (!packagesAreCurrent(root)) await installPackages();
  const node = nodeIn(root);
  if (!existsSync(node)) {
    throw new Problem('node_modules has no Node of its own; delete node_modules and run the command again.');
  }
  if (realpathSync(node) === realpathSync(process.execPath)) return;
  process.exit(await runAgain(node, fileURLToPath(script)));
}

async function installPackages() {
  console.log('Installing the packages (npm ci), about half a minute …');
  const { code, output } = await runNpm(['ci'], { cwd: root });
  if (code !== 0)
    throw new Problem(`${output}\nThe packages could not be installed: npm ci failed, as told above.`);
}

/**
 * True when what is installed is what package-lock.json asks for. Times of files say little about that after a checkout.
 *
 * @param {string} folder The folder of the package-lock.json.
 */
export function packagesAreCurrent(folder) {
  const installed = readLock(join(folder, 'node_modules', '.package-lock.json'));
  const wanted = readLock(join(folder, 'package-lock.json'));
  if (!wanted) throw new Problem('package-lock.json is missing or broken; restore it with git.');
  if (!installed) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      // The packages of other platforms stay out.
      path === '' || (optional ?? devOptional ?? false) || installed[path]?.version === version,
  );
}

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | undefined} By its folder; undefined when the lock is missing or broken.
 */
function readLock(path) {
  if (!existsSync(path)) return undefined;
  try {
    /** @type {unknown} */
    const lock = JSON.parse(readFileSync(path, 'utf8'));
    return /** @type {{ packages?: Record<string, LockedPackage> }} */ (lock).packages;
  } catch {
    // A lock that npm was interrupted in counts as none: npm ci writes it anew.
    return undefined;
  }
}

/**
 * @param {string} node
 * @param {string} script
 * @returns {Promise<number>} The exit code.
 */
function runAgain(node, script) {
  return new Promise((resolve, reject) => {
    const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(
      process.platform === 'win32' ? ';' : ':',
    );
    const child = spawn(node, [script, ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, PATH: path },
    });
    // Ctrl+C reaches the whole group: the child decides when it is done. SIGTERM reaches only us.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    whenOrphaned(() => child.kill('SIGTERM'));
    child.once('error', (error) => {
      reject(new Problem(`${node} could not be started: ${error.message}.`));
    });
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}
