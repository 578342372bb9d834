import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Parley's scripts keep what is dear to get: each system's own folder for such things. */
export function cacheFolder() {
  switch (process.platform) {
    case 'win32':
      return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'parley');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches', 'parley');
    default:
      return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'parley');
  }
}
