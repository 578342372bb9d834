import { join } from 'node:path';
import { build } from 'esbuild';
import { startVSCode, type VSCode } from '../../support/startVSCode';
import { baseUrlOf } from '../client/deliveries';
import { figureOf, type Figure } from '../figure';
import { mediansOf } from '../quantile';
import { takeTurns } from '../takeTurns';
import { counts, reportPrefix, type MemoryReport } from './memoryReport';

/** Who streams in an extension host, by the file of its contestant; Parley does so as an extension. */
const contestants = { floor: 'undici', openai: 'openai', 'ai-stream-text': 'aiStreamText' };

/** An extension host that says nothing for so long, in milliseconds, has hung. */
const limit = 60_000;

/**
 * The memory in use in a real extension host while 1, 10 and 50 conversations stream, beyond what it used before
 * anything was loaded. The floor reads the same answers with undici alone. Each in a window of its own.
 */
export async function measureMemory(port: number, bundles: string): Promise<Figure[]> {
  const baseUrl = baseUrlOf(port, { kind: 'alike', delivery: 'endless' });
  const programs = new Map([['parley', await bundleProgram('hostParley', bundles, {})]]);
  for (const [name, file] of Object.entries(contestants)) {
    const contestantFile = join(bundles, `${file}.cjs`);
    programs.set(name, await bundleProgram('hostContestant', bundles, { contestantFile, baseUrl }, name));
  }
  const vscode = await startVSCode({
    settings: { 'parley.gateways': [{ id: 'bench', name: 'Bench', baseUrl, auth: 'none' }] },
  });
  try {
    const rounds = await takeTurns(programs, { rounds: 5, warmUps: 0 }, (program) =>
      runInWindow(vscode, program),
    );
    return ['idle', ...counts].map((count) => {
      const { parley = Number.NaN, floor = Number.NaN, ...peers } = mediansOf(rounds[count] ?? new Map());
      return figureOf(`start-memory-${count}`, 'MB', parley, { floor, peers });
    });
  } finally {
    await vscode.dispose();
  }
}

/** `values` are put in for what the program only declares. */
async function bundleProgram(
  program: string,
  bundles: string,
  values: Readonly<Record<string, string>>,
  name = program,
): Promise<string> {
  const outfile = join(bundles, `host-${name}.cjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${program}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
    define: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)])),
    logLevel: 'warning',
  });
  return outfile;
}

/** Opens a window whose extension host runs the program, and gives what it reports. */
async function runInWindow(vscode: VSCode, program: string): Promise<MemoryReport> {
  const { promise, resolve, reject } = Promise.withResolvers<MemoryReport>();
  const hung = setTimeout(() => {
    reject(new Error(`${program} has hung.\n${vscode.log.slice(-20).join('\n')}`));
  }, limit);
  const page = await vscode.page({
    testsPath: program,
    onLog: (line) => {
      if (line.startsWith(reportPrefix)) {
        resolve(JSON.parse(line.slice(reportPrefix.length)) as MemoryReport);
      }
    },
    onExit: (code) => {
      if (code !== 0) reject(new Error(`${program} broke down.\n${vscode.log.slice(-20).join('\n')}`));
    },
  });
  try {
    return await promise;
  } finally {
    clearTimeout(hung);
    await page.close();
  }
}
