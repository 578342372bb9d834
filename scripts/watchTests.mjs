/**
 * `npm run test:watch`: after each change of a file, runs the unit tests that import it, directly or through others. Arguments:
 * the test files to choose from (default: all of test/unit), which are run at the start as well.
 */
import { spawn } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { tellProblems } from './problem.mjs';
import { whenOrphaned } from './whenOrphaned.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  process.once('SIGTERM', () => process.exit(143));
  whenOrphaned(() => process.exit(1));
  const chosen = process.argv.slice(2).map((file) => relative(root, resolve(file)).replaceAll('\\', '/'));
  const { TestWatcher } = await import('./testWatcher.mjs');
  const watcher = new TestWatcher(root, chosen, startMocha);
  console.log(
    chosen.length > 0
      ? `Watching ${chosen.join(', ')}.`
      : 'Watching: change a file, and the unit tests that import it run. `npm run test:unit` runs all of them.',
  );
  await watcher.watch();
});

/**
 * Each run is a new process: modules that were loaded once would be tested as they were then.
 *
 * @param {readonly string[]} files
 * @returns {import('./testWatcher.mjs').Run}
 */
function startMocha(files) {
  console.log(`\n━━ ${files.join(' ')} ━━`);
  const child = spawn(process.execPath, [join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'), ...files], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return {
    passed: new Promise((done) => {
      child.once('exit', (code) => {
        done(code === 0);
      });
    }),
    stop: () => {
      child.kill();
    },
  };
}
