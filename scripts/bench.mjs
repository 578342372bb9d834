/**
 * `npm run bench`: measures Parley beside its peers on this machine. `-- --only NAME` runs one benchmark, `-- --json FILE`
 * writes the figures too, `-- --docs` puts their tables into docs/benchmarks.md. Ends with code 1 when a goal is missed.
 * The peers are installed in test/bench when they are missing.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { Problem, tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const options = /** @type {const} */ ({
    only: { type: 'string' },
    json: { type: 'string' },
    docs: { type: 'boolean' },
  });
  const { only, json, docs } = parseArgs({ options }).values;
  const { describeMachine, runBenchmarks } = await import('./runBenchmarks.mjs');
  const { missedGoals, tableOf } = await import('./benchmarkTables.mjs');
  const { writeBenchmarkDocs } = await import('./writeBenchmarkDocs.mjs');
  const machine = await describeMachine();
  console.log(machine.join('\n'));
  const figures = [];
  for await (const measured of runBenchmarks(only)) {
    figures.push(...measured.figures);
    console.log(`\n${tableOf(measured.figures)}`);
    // Should a later one break down, these figures are there.
    if (json !== undefined) await writeFile(json, `${JSON.stringify(figures, null, 2)}\n`);
    if (docs === true) await writeBenchmarkDocs(measured, machine);
  }
  const missed = missedGoals(figures);
  if (missed !== undefined) throw new Problem(missed);
});
