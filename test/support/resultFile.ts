import { readFileSync, writeFileSync } from 'node:fs';

/** How the tests of one suite ended. */
export interface Result {
  readonly passed: number;
  /** What failed and why, a line each. */
  readonly failures: readonly string[];
}

/** Tells the runner how the suite ended, in the file that `$PARLEY_TEST_RESULT` names; without a runner, nobody. */
export function writeResult(result: Result): void {
  const path = process.env['PARLEY_TEST_RESULT'];
  if (path !== undefined) writeFileSync(path, JSON.stringify(result));
}

/** Adds one failure to what has been told. */
export function addFailure(failure: string): void {
  const path = process.env['PARLEY_TEST_RESULT'];
  if (path === undefined) return;
  const { passed, failures } = JSON.parse(readFileSync(path, 'utf8')) as Result;
  writeResult({ passed, failures: [...failures, failure] });
}
