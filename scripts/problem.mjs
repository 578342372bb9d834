/** Something went wrong that one sentence explains: shown to the person without a stack. */
export class Problem extends Error {
  /** @override */
  name = 'Problem';
}

/**
 * Runs a script's main function. A {@link Problem} is told in its own words, anything else with its
 * stack; both end the process with code 1.
 *
 * @param {() => Promise<void>} main
 */
export async function tellProblems(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
