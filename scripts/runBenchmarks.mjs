import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';
import { runNpm } from './runNpm.mjs';

/** @typedef {import('../test/bench/figure').Figure} Figure */

/** The programs of each benchmark: the first measures, and gets the paths of the others. @type {Record<string, string[]>} */
const benchmarks = {
  client: ['client/measureClient.ts', 'client/serveChunks.ts'],
  render: ['render/measureRender.ts'],
  history: ['history/measureHistory.ts'],
};

const folder = join(root, 'test', 'bench');

/** The longest that a benchmark may take, in milliseconds. */
const longest = 900_000;

/**
 * Runs the benchmarks, one after the other.
 *
 * @param {string | undefined} only The name of one; all when it is undefined.
 * @returns {Promise<Figure[]>}
 */
export async function runBenchmarks(only) {
  if (only !== undefined && !Object.hasOwn(benchmarks, only)) {
    throw new Problem(`There is no benchmark "${only}"; there are: ${Object.keys(benchmarks).join(', ')}.`);
  }
  await installPeers();
  const figures = [];
  for (const [name, programs] of Object.entries(benchmarks)) {
    if (only === undefined || only === name) figures.push(...(await runBenchmark(name, programs)));
  }
  return figures;
}

/** What the figures depend on: the machine, and the versions of all that is measured. */
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
  ].join('\n');
}

/** @param {readonly Figure[]} figures */
export function tableOf(figures) {
  const rows = figures.map(({ name, unit, ours, floor, peers, ratio }) => [
    name,
    `${ours.toFixed(2)} ${unit}`,
    floor === undefined ? '' : `${floor.toFixed(2)} ${unit} (× ${ratio['floor']?.toFixed(2)})`,
    ...Object.entries(peers).map(
      ([peer, time]) => `${peer} ${time.toFixed(2)} ${unit} (× ${ratio[peer]?.toFixed(3)})`,
    ),
  ]);
  const table = [['benchmark', 'Parley', 'floor', 'peers'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

async function installPeers() {
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return;
  console.log('Installing the peers (npm ci in test/bench) …');
  const { code, output } = await runNpm(['ci', '--ignore-scripts'], { cwd: folder });
  if (code !== 0) throw new Problem(`${output}\nThe peers could not be installed, for the reason above.`);
}

/**
 * Bundles the programs as the extension is bundled, and runs the first.
 *
 * @param {string} name
 * @param {readonly string[]} programs
 * @returns {Promise<Figure[]>}
 */
async function runBenchmark(name, programs) {
  const bundles = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  try {
    const paths = await Promise.all(
      programs.map(async (program, index) => {
        const outfile = join(bundles, `${index}.cjs`);
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
          logLevel: 'warning',
        });
        return outfile;
      }),
    );
    return await figuresOf(name, paths);
  } finally {
    await rm(bundles, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} paths
 * @returns {Promise<Figure[]>}
 */
function figuresOf(name, [program = '', ...others]) {
  return new Promise((resolve, reject) => {
    /** @type {Figure[] | undefined} */
    let figures;
    const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
    const child = fork(program, [root, ...others], { cwd: root, timeout: longest, env });
    child.once('message', (message) => {
      figures = /** @type {Figure[]} */ (message);
    });
    child.once('close', (code) => {
      if (code === 0 && figures !== undefined) resolve(figures);
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
