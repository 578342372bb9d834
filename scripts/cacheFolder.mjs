import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The folder for downloads of Parley's scripts, inside the user's cache folder of each system. */
export function cacheFolder() {
  switch (process.platform) {
    case 'win32':
      return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'parley');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches', 'parley');
    default:
      return join(xdgCacheHome() ?? join(homedir(), '.cache'), 'parley');
  }
}

/** The variable of the XDG Base Directory Specification, which says that empty and relative values are ignored. */
function xdgCacheHome() {
  const value = process.env['XDG_CACHE_HOME'] ?? '';
  return isAbsolute(value) ? value : undefined;
}
