/**
 * `npm run bench`: measures Parley beside its peers on this machine. `-- --only NAME` runs one benchmark,
 * `-- --json FILE` writes the figures too. Ends with code 1 when a goal is missed. The peers are installed in test/bench when they are missing.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { Problem, tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
  const { describeMachine, missedGoals, runBenchmarks, tableOf } = await import('./runBenchmarks.mjs');
  console.log(await describeMachine());
  const figures = await runBenchmarks(values.only);
  console.log(`\n${tableOf(figures)}`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  const missed = missedGoals(figures);
  if (missed !== undefined) throw new Problem(missed);
});
