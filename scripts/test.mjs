/**
 * `npm test`: runs every suite, or the ones that are named (`npm test -- unit browser`). The last lines tell
 * what failed, and how many tests passed and failed.
 */
import { bootstrap } from './bootstrap.mjs';
import { tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { runSuites } = await import('./runSuites.mjs');
  const { passed, failures } = await runSuites(process.argv.slice(2));
  if (failures.length > 0) process.exitCode = 1;
  console.log(['', ...failures, `${passed} passed, ${failures.length} failed`].join('\n'));
});
