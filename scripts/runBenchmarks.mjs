import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { packagesAreCurrent, root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';
import { runNpm } from './runNpm.mjs';
import { undiciDispatcher } from './undiciDispatcher.mjs';

/** @typedef {import('../test/bench/figure').Figure} Figure */

/**
 * The programs of each benchmark, which are bundled side by side under their own names. The first measures, and is
 * told the folder in which it finds the others.
 *
 * @type {Record<string, string[]>}
 */
const benchmarks = {
  client: [
    'client/measureClient.ts',
    'client/serveChunks.ts',
    'client/freshClient.ts',
    ...['parley', 'rawSocket', 'undici', 'openai', 'aiSdkProvider', 'aiStreamText'].map(
      (name) => `client/contestants/${name}.ts`,
    ),
  ],
  start: [
    'start/measureStart.ts',
    'client/serveChunks.ts',
    ...['undici', 'openai', 'aiStreamText'].map((name) => `client/contestants/${name}.ts`),
  ],
  growth: ['growth/measureGrowth.ts'],
  apply: ['apply/measureApply.ts'],
  render: ['render/measureRender.ts'],
  history: ['history/measureHistory.ts'],
  endpoints: ['endpoints/measureEndpoints.ts', 'endpoints/serveEndpoints.ts'],
  completions: ['completions/measureCompletions.ts', 'completions/serveCompletions.ts'],
  'end-to-end': ['endToEnd/measureEndToEnd.ts'],
};

/** These start VS Code by what the tests have for it, which finds its files beside itself: they run as they are. */
const unbundled = new Set(['start/measureStart.ts']);

const folder = join(root, 'test', 'bench');

/** The longest that a benchmark may take, in milliseconds. */
const longest = 900_000;

/**
 * What one benchmark came to.
 *
 * @typedef {object} Measured
 * @property {string} name The benchmark's.
 * @property {readonly Figure[]} figures
 * @property {readonly string[]} versions Of what it ran in, beside Node, such as `Chromium 156.0`.
 */

/**
 * Runs the benchmarks, one after the other.
 *
 * @param {string | undefined} only The name of one; all when it is undefined.
 * @returns {AsyncGenerator<Measured>}
 */
export async function* runBenchmarks(only) {
  if (only !== undefined && !Object.hasOwn(benchmarks, only)) {
    throw new Problem(`There is no benchmark "${only}"; there are: ${Object.keys(benchmarks).join(', ')}.`);
  }
  await installPeers();
  for (const [name, programs] of Object.entries(benchmarks)) {
    if (only === undefined || only === name) yield await runBenchmark(name, programs);
  }
}

/**
 * What the figures depend on: the machine, and the versions of all that is measured.
 *
 * @returns {Promise<string[]>}
 */
export async function describeMachine() {
  await installPeers();
  const processors = cpus();
  const { dependencies } = await readPackage(folder);
  const peers = await Promise.all(
    Object.keys(dependencies ?? {}).map(
      async (name) => `${name} ${(await readPackage(join(folder, 'node_modules', name))).version}`,
    ),
  );
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${(totalmem() / 1e9).toFixed(0)} GB, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, Parley ${(await readPackage(root)).version}, ${peers.join(', ')}`,
  ];
}

async function installPeers() {
  if (packagesAreCurrent(folder)) return;
  console.log('Installing the peers (npm ci in test/bench) …');
  const { code, output } = await runNpm(['ci', '--ignore-scripts'], { cwd: folder });
  if (code !== 0) throw new Problem(`${output}\nThe peers could not be installed, for the reason above.`);
}

/**
 * Bundles the programs as the extension is bundled, and runs the first.
 *
 * @param {string} name
 * @param {readonly string[]} programs
 * @returns {Promise<Measured>}
 */
async function runBenchmark(name, programs) {
  const bundles = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  try {
    const paths = await Promise.all(programs.map((program) => pathOf(program, bundles)));
    return { name, ...(await figuresOf(name, paths[0] ?? '', bundles)) };
  } finally {
    await rm(bundles, { recursive: true, force: true });
  }
}

/**
 * @param {string} program
 * @param {string} bundles
 * @returns {Promise<string>} What is to be run.
 */
async function pathOf(program, bundles) {
  if (unbundled.has(program)) return join(folder, program);
  const outfile = join(bundles, `${basename(program, '.ts')}.cjs`);
  await build({
    entryPoints: [join(folder, program)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2023',
    // Neither can be bundled; they are found in the checkout.
    external: ['playwright-core', 'esbuild'],
    // There is no VS Code here; the little that is used of it does nothing.
    alias: { vscode: join(folder, 'growth', 'vscodeStandIn.ts') },
    plugins: [undiciDispatcher],
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * A benchmark sends its figures once, and before that, as a text each, what it runs in.
 *
 * @param {string} name
 * @param {string} program
 * @param {string} bundles
 * @returns {Promise<{ figures: Figure[], versions: string[] }>}
 */
function figuresOf(name, program, bundles) {
  return new Promise((resolve, reject) => {
    /** @type {Figure[] | undefined} */
    let figures;
    /** @type {string[]} */
    const versions = [];
    const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
    const execArgv = program.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const child = fork(program, [root, bundles], { cwd: root, timeout: longest, env, execArgv });
    child.on('message', (message) => {
      if (typeof message === 'string') versions.push(message);
      else figures = /** @type {Figure[]} */ (message);
    });
    child.once('close', (code) => {
      if (code === 0 && figures !== undefined) resolve({ figures, versions });
      else reject(new Problem(`The benchmark "${name}" broke down, as told above.`));
    });
  });
}

/**
 * @param {string} path
 * @returns {Promise<{ version: string, dependencies?: Record<string, string> }>}
 */
async function readPackage(path) {
  /** @type {unknown} */
  const contents = JSON.parse(await readFile(join(path, 'package.json'), 'utf8'));
  return /** @type {{ version: string, dependencies?: Record<string, string> }} */ (contents);
}
