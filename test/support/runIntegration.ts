/**
 * Runs test/integration inside a real VS Code. The argument says which: `newest` or `oldest` (both served
 * to a browser), `desktop` (downloaded by @vscode/test-electron), or `build` to bundle the tests and run none, for the launch
 * configuration that debugs them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { cacheFolder } from '../../scripts/cacheFolder.mjs';
import type { Version } from '../../scripts/installVSCode.mjs';
import { tellProblems } from '../../scripts/problem.mjs';
import { buildIntegration } from './buildIntegration';
import { outputPrefix } from './outputPrefix';
import { root, startVSCode } from './startVSCode';

/** A suite without output for this time, in milliseconds, counts as hung. */
const limit = 600_000;

/** Settings for the extension host, which cannot ask a terminal. */
const colour = { PARLEY_TEST_COLOR: process.env['PARLEY_TEST_COLOR'] ?? (process.stdout.isTTY ? '1' : '0') };

void tellProblems(async () => {
  const testsPath = await buildIntegration();
  const where = process.argv[2] ?? 'newest';
  switch (where) {
    case 'newest':
    case 'oldest':
      process.exitCode = await runInBrowser(where, testsPath);
      break;
    case 'build':
      break;
    case 'desktop':
      process.exitCode = await runOnDesktop(testsPath);
      break;
    default:
      throw new Error(`Unknown VS Code: ${where}`);
  }
});

async function runInBrowser(version: Version, testsPath: string): Promise<number> {
  const vscode = await startVSCode({ version, env: colour });
  try {
    const { promise: ended, resolve, reject } = Promise.withResolvers<number>();
    const hung = setTimeout(() => {
      reject(
        new Error(
          `The tests have not ended within ${limit / 1_000} seconds.\n${vscode.log.slice(-40).join('\n')}`,
        ),
      );
    }, limit);
    await vscode.page({
      testsPath,
      onLog: (line) => {
        if (line.startsWith(outputPrefix)) console.log(line.slice(outputPrefix.length));
      },
      onExit: resolve,
    });
    return await ended.finally(() => {
      clearTimeout(hung);
    });
  } finally {
    await vscode.dispose();
  }
}

async function runOnDesktop(testsPath: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-desktop-'));
  try {
    return await runTests({
      // Not the default, a folder in the checkout: ESLint and Prettier would check VS Code as well.
      cachePath: join(cacheFolder(), 'desktop'),
      extensionDevelopmentPath: root,
      extensionTestsPath: testsPath,
      extensionTestsEnv: { ...colour, PARLEY_TEST_RESULT: process.env['PARLEY_TEST_RESULT'] },
      launchArgs: [
        folder,
        ...['--user-data-dir', join(folder, 'user'), '--extensions-dir', join(folder, 'extensions')],
        ...['--disable-workspace-trust', '--skip-welcome', '--disable-telemetry', '--no-sandbox'],
      ],
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
