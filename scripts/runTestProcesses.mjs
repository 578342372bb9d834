import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { OutputInTurn } from './outputInTurn.mjs';

/**
 * @typedef {object} TestProcess
 * @property {string} suite
 * @property {string} title Printed above its output.
 * @property {readonly string[]} parameters What Node is to run. It writes its result to the file `$PARLEY_TEST_RESULT`.
 * @property {Readonly<Record<string, string>>} environment Variables for it; the user's own come first.
 */

/** @typedef {{ passed: number, failures: readonly string[] }} Result What failed and why, a line each. */

/** How many processes run at the same time. The tests of each use more than half a core; more of them would only slow each other. */
const lanes = 2;

/**
 * Runs test processes, two at the same time, and prints the output of each as a whole.
 *
 * @param {readonly TestProcess[]} processes They start in this order.
 * @returns {Promise<Result>} Of all. A process that broke down, or ran no test, counts as one failure.
 */
export async function runTestProcesses(processes) {
  const output = new OutputInTurn((text) => process.stdout.write(text));
  let passed = 0;
  /** @type {string[]} */
  const failures = [];
  // All lanes take from one iterator, so a lane that is ready early runs the next process.
  const waiting = processes.values();
  const lane = async () => {
    for (const each of waiting) {
      const turn = output.begin();
      turn.write(`\n━━ ${each.title} ━━\n`);
      const result = await run(each, turn.write);
      turn.end();
      passed += result.passed;
      failures.push(...result.failures.map((failure) => `${each.suite}: ${failure}`));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { passed, failures };
}

/**
 * @param {TestProcess} process
 * @param {(text: string) => void} write
 * @returns {Promise<Result>}
 */
async function run({ parameters, environment }, write) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-result-'));
  try {
    const resultFile = join(folder, 'result.json');
    const child = spawn(process.execPath, parameters, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        ...process.env,
        // Its output goes through this process, so it cannot find out whether it is shown in a terminal.
        PARLEY_TEST_COLOR: process.stdout.isTTY ? '1' : '0',
        PARLEY_TEST_RESULT: resultFile,
        TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json'),
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', write);
    /** @type {number | null} */
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      // Something that a broken test left running can keep the output open, so the end of the process must be enough.
      child.once('exit', (ended) => setTimeout(resolve, 2_000, ended));
      child.once('close', resolve);
    });
    const { passed, failures } = await readResult(resultFile);
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
 * @returns {Promise<Result>} Nothing when the process ended before it wrote its result.
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
