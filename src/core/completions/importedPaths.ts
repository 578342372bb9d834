/** How much of a document is searched for imports, in UTF-16 units, and how many are returned. */
const longestHead = 8_000;
const mostImports = 12;

/** Imports by relative paths: of JavaScript and its relatives, C, and Python. */
const paths = /(?:\bfrom|\bimport|\brequire\(|#include)\s{0,3}["'](\.{0,2}[^"'\n]{1,200})["']/g;
const pythonModules = /^[ \t]{0,20}from[ \t]{1,3}\.([\w.]{1,100})[ \t]/gm;

/** Endings that an import leaves out. */
const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.vue', '.mts', '.mjs', '/index.ts', '/index.js'];

/**
 * The files that a document may import, as paths relative to its folder. Only some of them exist: an import may leave out the ending.
 *
 * @returns For each import, the paths that it may mean, the most likely first.
 */
export function importedPaths(text: string, languageId: string): readonly (readonly string[])[] {
  const head = text.slice(0, longestHead);
  const found = new Set<string>();
  if (languageId === 'python') {
    for (const [, name = ''] of head.matchAll(pythonModules)) found.add(`./${name.replaceAll('.', '/')}.py`);
  } else {
    const isInclude = languageId === 'c' || languageId === 'cpp';
    for (const [, path = ''] of head.matchAll(paths)) if (path.startsWith('.') || isInclude) found.add(path);
  }
  return [...found].slice(0, mostImports).map((path) => {
    const isWhole = /\.[a-z]{1,5}$/.test(path);
    // TypeScript imports `x.ts` by the name `x.js`.
    const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    return isWhole ? [...new Set([source, path])] : endings.map((ending) => path + ending);
  });
}
