import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/**
 * Follows all symbolic links of a path. For a missing file, returns the path that it would have. A path that Node cannot reach
 * is returned unchanged.
 *
 * @returns undefined for a broken link, because its target may appear at any time. Never rejects.
 */
export async function findRealPath(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    if (await isLink(path)) return undefined;
    const parent = dirname(path);
    if (parent === path) return path;
    const real = await findRealPath(parent);
    return real === undefined ? undefined : join(real, basename(path));
  }
}

/** True if `path` is the folder or inside it. Expects absolute paths without symbolic links. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
