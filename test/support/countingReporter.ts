import Mocha from 'mocha';
import { writeCounts } from './resultFile';

/**
 * Mocha's own "spec" output, and the counts for the runner: the same way from each place where tests run. A test that did
 * not run (pending) counts as failed.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  public constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      writeCounts({ passed: passes, failed: failures + pending });
    });
  }
}
