import { readFileSync, writeFileSync } from 'node:fs';

/** The result of a suite. */
export interface Result {
  readonly passed: number;
  /** One line for each failure. */
  readonly failures: readonly string[];
}

/** Writes the result of the suite to the file `$PARLEY_TEST_RESULT`, if the variable is set. */
export function writeResult(result: Result): void {
  const path = process.env['PARLEY_TEST_RESULT'];
  if (path !== undefined) writeFileSync(path, JSON.stringify(result));
}

/** Adds a failure to the written result. */
export function addFailure(failure: string): void {
  const path = process.env['PARLEY_TEST_RESULT'];
  if (path === undefined) return;
  const { passed, failures } = JSON.parse(readFileSync(path, 'utf8')) as Result;
  writeResult({ passed, failures: [...failures, failure] });
}
