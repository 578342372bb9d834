import { addFailure } from './resultFile';

/** How long stopped servers and browsers may take to close, in milliseconds. */
const patience = 10_000;

/** Reports a server or a browser that a test leaves open. It would silently keep Mocha from ending. */
export const mochaHooks: Mocha.RootHookObject = {
  afterAll() {
    setTimeout(() => {
      const open = [...new Set(process.getActiveResourcesInfo())].join(', ');
      const failure = `The tests are over, but one of them has left something open: ${open}.`;
      console.error(failure);
      // Mocha's exit code does not include this failure.
      addFailure(failure);
      process.exit();
    }, patience).unref();
  },
};
