/**
 * The part of a file's name that says what it holds: `journal` of `src/storage/journal.ts`.
 *
 * @param {string} path
 */
export function stemOf(path) {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
}

/**
 * True when a file may be named after this export: `journal.ts` after `journal` or `Journal`.
 *
 * @param {string} path
 * @param {string} name Of the export.
 */
export function isMainExport(path, name) {
  const stem = stemOf(path);
  return stem.slice(1) === name.slice(1) && stem.charAt(0).toLowerCase() === name.charAt(0).toLowerCase();
}
