import { stemOf } from './mainExport.mjs';

/** @typedef {import('./moduleGraph.mjs').ModuleGraph} ModuleGraph */

/**
 * Finds files below `src` that have the same name, in different folders or with different endings. With two
 * files of one name, a reader must look at the folder each time.
 *
 * @param {ModuleGraph} graph
 * @returns {string[]} A sentence each.
 */
export function sameNames({ modules }) {
  const byName = Map.groupBy(
    [...modules.keys()].filter((path) => path.startsWith('src/')),
    (path) => stemOf(path).toLowerCase(),
  );
  return [...byName.values()]
    .filter(({ length }) => length > 1)
    .map((paths) => `${paths.sort().join(' and ')} have the same name. Rename all but one.`);
}
