import Mocha from 'mocha';
import { writeResult } from './resultFile';

/**
 * Mocha's "spec" output, and the result for the runner, in the same form for every kind of test. A test that did
 * not run (pending) counts as failed.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  public constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const failures: string[] = [];
    runner.on('fail', (test, error: unknown) => {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      failures.push(`${test.fullTitle()}: ${reason}`);
    });
    runner.on('pending', (test) => failures.push(`${test.fullTitle()}: did not run`));
    runner.once('end', () => {
      writeResult({ passed: this.stats.passes, failures });
    });
  }
}
