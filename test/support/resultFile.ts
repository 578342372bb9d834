import { readFileSync, writeFileSync } from 'node:fs';

/** How the tests of one suite ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Tells the runner how the suite ended, in the file that `$PARLEY_TEST_RESULT` names; without a runner, nobody. */
export function writeCounts(counts: Counts): void {
  const path = process.env['PARLEY_TEST_RESULT'];
  if (path !== undefined) writeFileSync(path, JSON.stringify(counts));
}

/** Adds one failure to what has been told. */
export function addFailure(): void {
  const path = process.env['PARLEY_TEST_RESULT'];
  if (path === undefined) return;
  const { passed, failed } = JSON.parse(readFileSync(path, 'utf8')) as Counts;
  writeCounts({ passed, failed: failed + 1 });
}
