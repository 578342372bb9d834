/**
 * @typedef {{ startOffset: number, endOffset: number, count: number }} Range A piece of a script, and how often it ran.
 * @typedef {{ functionName: string, isBlockCoverage: boolean, ranges: Range[] }} FunctionCoverage
 * @typedef {{ url: string, functions: FunctionCoverage[] }} ScriptCoverage Of V8; the functions come in the order of their places.
 */

/** The functions that esbuild, and so tsx, adds to a module that it turns into CommonJS. */
const helpers = new Set(['__name', '__export', '__copyProps', '__toCommonJS', '__toESM', '__require']);

/** `0 && (module.exports = { … })` ends such a module: Node reads the names of the exports from it, and it never runs. */
const charactersAfterExports = 10;

/**
 * Leaves out the code that esbuild adds to each module. Its branches belong to no line of the source, and most of them never run,
 * so each file would have two branches that no test can cover.
 *
 * @param {ScriptCoverage} script
 * @returns {ScriptCoverage}
 */
export function withoutTranspilerCode(script) {
  if (!script.functions.some(({ functionName }) => functionName === '__toCommonJS')) return script;
  // The first function is the script, the second one the wrapper in which Node runs a CommonJS module.
  const end = script.functions[1]?.ranges[0]?.endOffset ?? 0;
  return {
    ...script,
    functions: script.functions
      .filter(({ functionName }) => !helpers.has(functionName))
      .map((each) => ({
        ...each,
        ranges: each.ranges.filter(
          ({ count, endOffset }, index) =>
            index === 0 || count > 0 || endOffset < end - charactersAfterExports,
        ),
      })),
  };
}
