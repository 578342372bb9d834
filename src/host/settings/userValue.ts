import { workspace } from 'vscode';

/**
 * The user's own value of a setting of Parley; undefined if there is none. A workspace's value never counts: a workspace that
 * could set a base URL or a header could steal a key.
 */
export function userValue(name: string): unknown {
  return workspace.getConfiguration('parley').inspect(name)?.globalValue;
}
