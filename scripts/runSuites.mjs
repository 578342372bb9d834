import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';
import { runProgram } from './runProgram.mjs';
import { runTestProcesses } from './runTestProcesses.mjs';

/**
 * @typedef {object} Suite
 * @property {boolean} isDefault Whether a plain `npm test` runs it.
 * @property {boolean} isBuilt Whether it runs the bundles.
 * @property {() => Promise<string[][]>} processes What Node is to run: the parameters of each process.
 * @property {Record<string, string>} [environment] Variables for it; the user's own come first.
 */

/**
 * The processes of all suites share the processor, in this order. Many short processes keep it busy to the end, but each has to load
 * its tests.
 *
 * @type {Record<string, Suite>}
 */
const suites = {
  unit: { isDefault: true, isBuilt: false, processes: () => mocha('unit', 120_000, { shards: 2 }) },
  integration: { isDefault: true, isBuilt: true, processes: () => insideVSCode('newest') },
  webview: { isDefault: true, isBuilt: true, processes: () => mocha('webview', 60_000, { shards: 3 }) },
  // One process for each file: the files differ most in their time, and some of them measure the memory of their process.
  chaos: { isDefault: true, isBuilt: true, processes: () => mocha('chaos', 180_000, { shards: Infinity }) },
  browser: { isDefault: true, isBuilt: true, processes: () => mocha('browser', 120_000, { shards: 10 }) },
  'chaos-long': {
    isDefault: false,
    isBuilt: true,
    processes: () => mocha('chaos', 3 * 60 * 60_000),
    environment: { PARLEY_CHAOS: 'long' },
  },
  fuzz: {
    isDefault: false,
    isBuilt: false,
    processes: () => mocha('unit/gateway', 3 * 60 * 60_000, { file: 'fuzz' }),
    environment: { PARLEY_FUZZ_RUNS: '1000000' },
  },
  edits: {
    isDefault: false,
    isBuilt: false,
    processes: () =>
      mocha('unit/core/edits', 10 * 60 * 60_000, { file: '{languageProperties,hunkProperties}' }),
    environment: { PARLEY_EDIT_RUNS: '1000000' },
  },
  oldest: { isDefault: false, isBuilt: true, processes: () => insideVSCode('oldest') },
  desktop: { isDefault: false, isBuilt: true, processes: () => insideVSCode('desktop') },
};

/**
 * @param {readonly string[]} names None: the suites that a plain `npm test` runs.
 * @returns {Promise<import('./runTestProcesses.mjs').Result>} Of all suites. A process that ran no test counts as one failure.
 */
export async function runSuites(names) {
  const chosen = names.length > 0 ? names : Object.keys(suites).filter((name) => suites[name]?.isDefault);
  const unknown = chosen.filter((name) => !Object.hasOwn(suites, name));
  if (unknown.length > 0) {
    throw new Problem(
      `There is no suite "${unknown.join('", "')}"; there are: ${Object.keys(suites).join(', ')}.`,
    );
  }
  if (chosen.some((name) => suites[name]?.isBuilt)) await build();
  return await runTestProcesses((await Promise.all(chosen.map(processesOf))).flat());
}

/**
 * @param {string} suite
 * @returns {Promise<import('./runTestProcesses.mjs').TestProcess[]>}
 */
async function processesOf(suite) {
  const processes = (await suites[suite]?.processes()) ?? [];
  const environment = suites[suite]?.environment ?? {};
  return processes.map((parameters, index) => ({
    suite,
    title: processes.length > 1 ? `${suite}, ${index + 1} of ${processes.length}` : suite,
    parameters,
    environment,
  }));
}

async function build() {
  const { code, output } = await runProgram(process.execPath, ['esbuild.mjs'], { cwd: root });
  if (code !== 0) throw new Problem(`${output}\nThe extension could not be built, for the reason above.`);
}

/**
 * @param {string} folder Below test/.
 * @param {number} timeout Of one test, in milliseconds.
 * @param {object} [options]
 * @param {string} [options.file] A pattern for the files' names, without `.test.ts`; without it, all.
 * @param {number} [options.shards] The number of processes that share the files; `Infinity`: one for each file. Default: 1.
 * @returns {Promise<string[][]>}
 */
async function mocha(folder, timeout, { file = '*', shards = 1 } = {}) {
  const files = await Array.fromAsync(glob(`test/${folder}/**/${file}.test.{ts,tsx}`, { cwd: root }));
  // Without a file mocha would look for some of its own: none is a failure of the suite.
  const parts = files.length > 0 ? await sharesOf(files, shards) : [[`test/${folder}`]];
  return parts.map((part) => [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--timeout', String(timeout)],
    ...(process.stdout.isTTY ? ['--color'] : []),
    ...part,
  ]);
}

/**
 * Deals the files out so that each process gets about as much to run. The size of a file stands for its time.
 *
 * @param {readonly string[]} files
 * @param {number} shards
 * @returns {Promise<string[][]>}
 */
async function sharesOf(files, shards) {
  const sizes = await Promise.all(
    files.map(async (file) => ({ file, size: (await stat(join(root, file))).size })),
  );
  const shares = Array.from({ length: Math.min(shards, files.length) }, () => ({
    /** @type {string[]} */
    files: [],
    size: 0,
  }));
  for (const { file, size } of sizes.sort((one, other) => other.size - one.size)) {
    const smallest = shares.reduce((least, share) => (share.size < least.size ? share : least));
    smallest.files.push(file);
    smallest.size += size;
  }
  return shares.map((share) => share.files.sort());
}

/**
 * @param {'newest' | 'oldest' | 'desktop'} where
 * @returns {Promise<string[][]>}
 */
function insideVSCode(where) {
  return Promise.resolve([['--import', 'tsx', 'test/support/runIntegration.ts', where]]);
}
