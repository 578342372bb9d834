import { spawn } from 'node:child_process';
import { glob, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';
import { runProgram } from './runProgram.mjs';

/**
 * @typedef {object} Suite
 * @property {boolean} isDefault Whether a plain `npm test` runs it.
 * @property {boolean} isBuilt Whether it runs the bundles.
 * @property {() => Promise<string[][]>} processes What Node is to run: the parameters of each process. Processes of one suite
 *   run at the same time.
 * @property {Record<string, string>} [environment] Variables for it; the user's own come first.
 */

/** @typedef {{ passed: number, failures: readonly string[] }} Result What failed and why, a line each. */

/** @type {Record<string, Suite>} */
const suites = {
  unit: { isDefault: true, isBuilt: false, processes: () => mocha('unit', 30_000, { shards: 2 }) },
  integration: { isDefault: true, isBuilt: true, processes: () => insideVSCode('newest') },
  webview: { isDefault: true, isBuilt: true, processes: () => mocha('webview', 60_000, { shards: 2 }) },
  browser: { isDefault: true, isBuilt: true, processes: () => mocha('browser', 120_000, { shards: 2 }) },
  chaos: { isDefault: true, isBuilt: true, processes: () => mocha('chaos', 180_000) },
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
 * @returns {Promise<Result>} Of all; a suite that broke down, or ran no test, counts as one failure.
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
  let passed = 0;
  /** @type {string[]} */
  const failures = [];
  for (const name of chosen) {
    const result = await runSuite(name);
    passed += result.passed;
    failures.push(...result.failures.map((failure) => `${name}: ${failure}`));
  }
  return { passed, failures };
}

/**
 * @param {string} name
 * @returns {Promise<Result>}
 */
async function runSuite(name) {
  console.log(`\n━━ ${name} ━━`);
  const processes = (await suites[name]?.processes()) ?? [];
  const results = await Promise.all(
    processes.map((parameters, index) => runProcess(parameters, suites[name]?.environment, index > 0)),
  );
  for (const { output } of results) if (output !== '') console.log(output);
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
  };
}

/**
 * @param {readonly string[]} parameters What Node is to run.
 * @param {Record<string, string>} [environment]
 * @param {boolean} [isQuiet] Whether its output is returned and not printed, so that it does not mix with that of another.
 * @returns {Promise<Result & { output: string }>}
 */
async function runProcess(parameters, environment, isQuiet = false) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-result-'));
  try {
    const result = join(folder, 'result.json');
    const output = await open(join(folder, 'output.txt'), 'w');
    const stream = isQuiet ? output.fd : 'inherit';
    const child = spawn(process.execPath, parameters, {
      cwd: root,
      stdio: ['ignore', stream, stream],
      env: {
        ...environment,
        ...process.env,
        PARLEY_TEST_RESULT: result,
        TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json'),
      },
    });
    /** @type {number | null} */
    const code = await new Promise((resolve) => child.once('exit', resolve));
    await output.close();
    const printed = await readFile(join(folder, 'output.txt'), 'utf8');
    const { passed, failures } = await readResult(result);
    if (passed + failures.length === 0) return { passed, failures: ['ran no test'], output: printed };
    return code !== 0 && failures.length === 0
      ? { passed, failures: ['broke down after its tests'], output: printed }
      : { passed, failures, output: printed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<Result>} Nothing when the suite did not come so far as to write it.
 */
async function readResult(file) {
  try {
    /** @type {unknown} */
    const result = JSON.parse(await readFile(file, 'utf8'));
    return /** @type {Result} */ (result);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    return { passed: 0, failures: [] };
  }
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
 * @param {number} [options.shards] The number of processes that share the files. Default: 1.
 * @returns {Promise<string[][]>}
 */
async function mocha(folder, timeout, { file = '*', shards = 1 } = {}) {
  const files = await Array.fromAsync(glob(`test/${folder}/**/${file}.test.{ts,tsx}`, { cwd: root }));
  // Without a file mocha would look for some of its own: none is a failure of the suite.
  const parts = files.length > 0 ? await sharesOf(files, shards) : [[`test/${folder}`]];
  return parts.map((part) => [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--timeout', String(timeout)],
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
