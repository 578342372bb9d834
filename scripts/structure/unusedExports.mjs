import { isMainExport } from './mainExport.mjs';

/** @typedef {import('./moduleGraph.mjs').ModuleGraph} ModuleGraph */

/**
 * Finds the exports of `src` that no other file uses.
 *
 * A use is an import from `src`, `scripts` or `test`, with one exception: the unit test of a file may import its main export and
 * its types, but a function or a value that only this test imports counts as unused. Test it through the main export, or
 * move it to a file of its own.
 *
 * A type that has the name of its file may be exported without an import: others use it through the functions that take or return
 * it.
 *
 * @param {ModuleGraph} graph
 * @param {readonly string[]} entries Files whose exports others than our own code use.
 * @returns {string[]} A sentence each.
 */
export function unusedExports({ modules, uses }, entries) {
  /** @type {Map<string, Set<string>>} */
  const used = new Map();
  /** @type {Set<string>} */
  const wholly = new Set(entries);
  /**
   * @param {string} file
   * @param {string} name
   */
  const mayTest = (file, name) =>
    isMainExport(file, name) ||
    (modules.get(file)?.exports.some((each) => each.name === name && each.isType) ?? false);
  for (const { from, to, names } of uses) {
    if (names === 'all') wholly.add(to);
    else {
      const known = used.get(to) ?? new Set();
      for (const name of names) if (!isOwnTest(from, to) || mayTest(to, name)) known.add(name);
      used.set(to, known);
    }
  }
  return [...modules].flatMap(([path, { exports }]) =>
    !path.startsWith('src/') || path.endsWith('.d.ts') || wholly.has(path)
      ? []
      : exports
          .filter(({ name, isType }) => !(isType && isMainExport(path, name)))
          .filter(({ name }) => !(used.get(path)?.has(name) ?? false))
          .map(
            ({ name, line }) =>
              `${path}:${line}: "${name}" is exported, but no other file uses it. Remove "export", or the code.`,
          ),
  );
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {boolean} True when `from` is the unit test of `to`: the same folder below test/unit, the same name.
 */
function isOwnTest(from, to) {
  if (!from.startsWith('test/unit/')) return false;
  return (
    from.slice('test/unit/'.length).replace(/\.test\.tsx?$/, '') ===
    to.slice('src/'.length).replace(/\.tsx?$/, '')
  );
}
