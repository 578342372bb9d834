import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Where a file really is. */
export interface RealPlace {
  readonly uri: vscode.Uri;
  readonly outside: boolean;
}

/**
 * Follows symbolic links: what a link within the workspace leads to may be anywhere. A file that does not exist
 * (any more), and one on a disk that Node cannot reach, is taken to be where its address says.
 */
export async function findRealPlace(uri: vscode.Uri): Promise<RealPlace> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  // Not even looked at: to look at an address such as \\server\share is to log in there.
  if (folder === undefined) return { uri, outside: true };
  if (uri.scheme !== 'file') return { uri, outside: false };
  const real = vscode.Uri.file(await followLinks(uri));
  const folders = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(async (each) =>
      vscode.Uri.file(await followLinks(each.uri)),
    ),
  );
  const isInside = folders.some(
    ({ path }) => real.path === path || real.path.startsWith(`${path.replace(/\/$/, '')}/`),
  );
  return { uri: real, outside: !isInside };
}

async function followLinks(uri: vscode.Uri): Promise<string> {
  if (uri.scheme !== 'file') return uri.fsPath;
  try {
    return await realpath(uri.fsPath);
  } catch {
    return uri.fsPath;
  }
}
