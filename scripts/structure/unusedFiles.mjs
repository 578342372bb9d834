/** @typedef {import('./moduleGraph.mjs').ModuleGraph} ModuleGraph */

/**
 * Finds the files of `src` that the extension does not contain: no chain of imports leads to them from an entry. A file that only
 * tests import is one of them.
 *
 * @param {ModuleGraph} graph
 * @param {readonly string[]} entries
 * @returns {string[]} A sentence each.
 */
export function unusedFiles({ modules, uses }, entries) {
  const reached = new Set(entries);
  for (const file of reached) for (const { from, to } of uses) if (from === file) reached.add(to);
  return [...modules.keys()]
    .filter((path) => path.startsWith('src/') && !path.endsWith('.d.ts') && !reached.has(path))
    .map((path) => `${path}: nothing of the extension imports this file. Remove it, or move it to test.`);
}
