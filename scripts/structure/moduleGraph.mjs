import { glob, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { readModule } from './readModule.mjs';

/** @typedef {import('./readModule.mjs').Module} Module */

/**
 * @typedef {object} Use
 * @property {string} from The file that imports.
 * @property {string} to The imported file.
 * @property {ReadonlySet<string> | 'all'} names Of the exports that it uses.
 */

/**
 * @typedef {object} ModuleGraph
 * @property {ReadonlyMap<string, Module>} modules By path from the top, with slashes.
 * @property {readonly Use[]} uses Only of files in `modules`: packages are left out.
 */

/**
 * Reads the modules below some folders, and who imports whom.
 *
 * @param {string} top
 * @param {readonly string[]} patterns Globs of the files, from `top`.
 * @param {readonly string[]} [exclude] Globs of files to leave out.
 * @returns {Promise<ModuleGraph>}
 */
export async function readModuleGraph(top, patterns, exclude = []) {
  /** @type {Map<string, Module>} */
  const modules = new Map();
  for (const found of await Array.fromAsync(glob([...patterns], { cwd: top, exclude: [...exclude] }))) {
    const path = found.replaceAll('\\', '/');
    modules.set(path, readModule(path, await readFile(join(top, path), 'utf8')));
  }
  return { modules, uses: usesOf(modules) };
}

/**
 * @param {ReadonlyMap<string, Module>} modules By path.
 * @returns {Use[]}
 */
export function usesOf(modules) {
  return [...modules].flatMap(([from, { imports }]) =>
    imports.flatMap(({ specifier, names }) => {
      const to = resolve(from, specifier, modules);
      return to === undefined ? [] : [{ from, to, names }];
    }),
  );
}

/**
 * @param {string} from
 * @param {string} specifier
 * @param {ReadonlyMap<string, Module>} modules
 * @returns {string | undefined} Undefined for packages and for files that are not read.
 */
function resolve(from, specifier, modules) {
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(from), specifier);
  return ['', '.ts', '.tsx', '.d.ts', '.mjs', '/index.ts', '/index.tsx']
    .map((ending) => path + ending)
    .find((candidate) => modules.has(candidate));
}
