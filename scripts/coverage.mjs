/**
 * `npm run coverage`: runs the unit tests, writes the report to `coverage/index.html`, and ends with code 1 when a floor's
 * coverage is below its limit.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { Problem, tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { coverageOf, limits } = await import('./coverageOf.mjs');
  const { runProgram } = await import('./runProgram.mjs');
  const { code } = await runProgram(
    process.execPath,
    [join(root, 'node_modules', 'c8', 'bin', 'c8.js'), process.execPath, 'scripts/test.mjs', 'unit'],
    { cwd: root, echo: true },
  );
  if (code !== 0) throw new Problem('The coverage counts only when all unit tests pass.');
  /** @type {unknown} */
  const summary = JSON.parse(await readFile(join(root, 'coverage', 'coverage-summary.json'), 'utf8'));
  const { lines, problems } = coverageOf(
    /** @type {import('./coverageOf.mjs').Summary} */ (summary),
    root,
    limits,
  );
  console.log(['', ...lines].join('\n'));
  if (problems.length > 0) throw new Problem(problems.join('\n'));
});
