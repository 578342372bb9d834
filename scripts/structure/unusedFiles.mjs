/** @typedef {import('./moduleGraph.mjs').ModuleGraph} ModuleGraph */

/**
 * Finds the files of `src` that are not part of the extension, because no chain of imports leads from an entry to them. A file that
 * only tests import is not part of it.
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
