import { spawn } from 'node:child_process';
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';
import { runProgram } from './runProgram.mjs';

/**
 * @typedef {object} Suite
 * @property {boolean} isDefault Whether a plain `npm test` runs it.
 * @property {boolean} isBuilt Whether it runs the bundles.
 * @property {() => Promise<string[]>} parameters What Node is to run.
 * @property {Record<string, string>} [environment] Variables for it; the user's own come first.
 */

/** @typedef {{ passed: number, failures: readonly string[] }} Result What failed and why, a line each. */

/** @type {Record<string, Suite>} */
const suites = {
  unit: { isDefault: true, isBuilt: false, parameters: () => mocha('unit', 10_000) },
  integration: { isDefault: true, isBuilt: true, parameters: () => insideVSCode('newest') },
  webview: { isDefault: true, isBuilt: true, parameters: () => mocha('webview', 60_000) },
  browser: { isDefault: true, isBuilt: true, parameters: () => mocha('browser', 120_000) },
  chaos: { isDefault: true, isBuilt: true, parameters: () => mocha('chaos', 180_000) },
  'chaos-long': {
    isDefault: false,
    isBuilt: true,
    parameters: () => mocha('chaos', 3 * 60 * 60_000),
    environment: { PARLEY_CHAOS: 'long' },
  },
  fuzz: {
    isDefault: false,
    isBuilt: false,
    parameters: () => mocha('unit/gateway', 3 * 60 * 60_000, 'fuzz'),
    environment: { PARLEY_FUZZ_RUNS: '1000000' },
  },
  edits: {
    isDefault: false,
    isBuilt: false,
    parameters: () => mocha('unit/core/edits', 10 * 60 * 60_000, 'languageProperties'),
    environment: { PARLEY_EDIT_RUNS: '1000000' },
  },
  oldest: { isDefault: false, isBuilt: true, parameters: () => insideVSCode('oldest') },
  desktop: { isDefault: false, isBuilt: true, parameters: () => insideVSCode('desktop') },
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
  const folder = await mkdtemp(join(tmpdir(), 'parley-result-'));
  try {
    const result = join(folder, 'result.json');
    const child = spawn(process.execPath, (await suites[name]?.parameters()) ?? [], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...suites[name]?.environment,
        ...process.env,
        PARLEY_TEST_RESULT: result,
        TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json'),
      },
    });
    /** @type {number | null} */
    const code = await new Promise((resolve) => child.once('exit', resolve));
    const { passed, failures } = await readResult(result);
    if (passed + failures.length === 0) return { passed, failures: ['ran no test'] };
    return code !== 0 && failures.length === 0
      ? { passed, failures: ['broke down after its tests'] }
      : { passed, failures };
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
 * @param {string} [file] The one file's name, without `.test.ts`; without it, all.
 * @returns {Promise<string[]>}
 */
async function mocha(folder, timeout, file = '*') {
  const files = await Array.fromAsync(glob(`test/${folder}/**/${file}.test.{ts,tsx}`, { cwd: root }));
  return [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--timeout', String(timeout)],
    // Without a file mocha would look for some of its own: none is a failure of the suite.
    ...(files.length > 0 ? files.sort() : [`test/${folder}`]),
  ];
}

/**
 * @param {'newest' | 'oldest' | 'desktop'} where
 * @returns {Promise<string[]>}
 */
function insideVSCode(where) {
  return Promise.resolve(['--import', 'tsx', 'test/support/runIntegration.ts', where]);
}
