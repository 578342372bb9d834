import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/**
 * Where a path leads once all links on it are followed; of what is not there, where it would be. Undefined for a link that
 * leads nowhere, since it may lead anywhere a moment later. What Node cannot reach is taken to be where it says.
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

/** Whether a path is that of a folder or in it. Both have their links followed. */
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
