/**
 * `npm run watch`: builds the bundles and checks the types, and does both again after each change. The problem matchers in
 * .vscode/tasks.json read what it prints.
 */
import { spawn } from 'node:child_process';
import { bootstrap, root } from './bootstrap.mjs';
import { tellProblems } from './problem.mjs';
import { whenOrphaned } from './whenOrphaned.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { watchTypes } = await import('./watchTypes.mjs');
  // A process of its own: the check of types keeps this one busy for seconds.
  const bundles = spawn(process.execPath, ['esbuild.mjs', '--watch'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const stop = () => {
    bundles.kill();
  };
  process.once('exit', stop);
  process.once('SIGTERM', () => process.exit(143));
  whenOrphaned(() => process.exit(1));
  bundles.once('exit', (code) => process.exit(code ?? 1));
  /** @type {Promise<void>} */
  const built = new Promise((resolve) => {
    bundles.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      process.stderr.write(text);
      if (text.includes('[watch] build finished')) resolve();
    });
  });
  // The bundles first: with them the extension can run.
  await built;
  const { projects } = await import('./projects.mjs');
  watchTypes(root, projects, console.log);
});
