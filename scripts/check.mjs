/** `npm run check`: types, lint, floors, format, translations; tells what is wrong and ends with code 1 when anything is. */
import { bootstrap } from './bootstrap.mjs';
import { tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { runChecks } = await import('./runChecks.mjs');
  if (!(await runChecks())) process.exitCode = 1;
});
