import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/**
 * Mocha's own "spec" output, and the counts as JSON (`{passed, failed}`) in the file that `$PARLEY_TEST_RESULT` names: the way
 * they reach the runner from each place where tests run. A test that did not run (pending) counts as failed.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  public constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const path = process.env['PARLEY_TEST_RESULT'];
      if (path === undefined) return;
      const { passes, failures, pending } = this.stats;
      writeFileSync(path, JSON.stringify({ passed: passes, failed: failures + pending }));
    });
  }
}
