import { join } from 'node:path';

/**
 * @param {string} project A folder in which the npm package `node` is installed.
 * @returns {string} The executable that came with it.
 */
export function nodeIn(project) {
  return join(project, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
