/**
 * `npm run coverage`: runs the unit tests, writes the report to `coverage/index.html`, and ends with code 1 when a floor's
 * coverage is below its limit.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { Problem, tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { coverageOf, limits } = await import('./coverageOf.mjs');
  const { filesWithoutCode } = await import('./filesWithoutCode.mjs');
  await runC8(
    ['--reporter', 'none', process.execPath, 'scripts/test.mjs', 'unit'],
    'The coverage counts only when all unit tests pass.',
  );
  await leaveOutTranspilerCode();
  const excluded = (await filesWithoutCode(root, 'src')).flatMap((file) => ['--exclude', file]);
  await runC8(['report', ...excluded], 'The report of the coverage could not be written.');
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

/**
 * @param {readonly string[]} parameters
 * @param {string} problem What a failure means.
 */
async function runC8(parameters, problem) {
  const { runProgram } = await import('./runProgram.mjs');
  const c8 = join(root, 'node_modules', 'c8', 'bin', 'c8.js');
  const { code } = await runProgram(process.execPath, [c8, ...parameters], { cwd: root, echo: true });
  if (code !== 0) throw new Problem(problem);
}

/** Changes what V8 has written for each process of the tests. */
async function leaveOutTranspilerCode() {
  const { withoutTranspilerCode } = await import('./withoutTranspilerCode.mjs');
  const folder = join(root, 'coverage', 'tmp');
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    /** @type {unknown} */
    const read = JSON.parse(await readFile(path, 'utf8'));
    const coverage = /** @type {{ result: import('./withoutTranspilerCode.mjs').ScriptCoverage[] }} */ (read);
    await writeFile(
      path,
      JSON.stringify({ ...coverage, result: coverage.result.map(withoutTranspilerCode) }),
    );
  }
}
