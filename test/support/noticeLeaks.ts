import { addFailure } from './resultFile';

/** How long what a test has stopped may take to be gone, in milliseconds. */
const patience = 10_000;

/** A server or a browser that a test leaves open would keep Mocha from ending, without a word. */
export const mochaHooks: Mocha.RootHookObject = {
  afterAll() {
    setTimeout(() => {
      const open = [...new Set(process.getActiveResourcesInfo())].join(', ');
      const failure = `The tests are over, but one of them has left something open: ${open}.`;
      console.error(failure);
      // The exit code is Mocha's: it knows of no failure.
      addFailure(failure);
      process.exit();
    }, patience).unref();
  },
};
