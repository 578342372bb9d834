import * as vscode from 'vscode';
import { findRealPath, isWithin } from './findRealPath';

/** Where a file really is. */
export interface RealPlace {
  readonly uri: vscode.Uri;
  readonly outside: boolean;
}

/**
 * Follows symbolic links: what a link within the workspace leads to may be anywhere. A link that leads nowhere counts as
 * outside; a file on a disk that Node cannot reach is taken to be where its address says.
 */
export async function findRealPlace(uri: vscode.Uri): Promise<RealPlace> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  // Not even looked at: to look at an address such as \\server\share is to log in there.
  if (folder === undefined) return { uri, outside: true };
  if (uri.scheme !== 'file') return { uri, outside: false };
  const real = await findRealPath(uri.fsPath);
  if (real === undefined) return { uri, outside: true };
  const folders = await Promise.all(
    (vscode.workspace.workspaceFolders ?? [])
      .filter((each) => each.uri.scheme === 'file')
      .map((each) => findRealPath(each.uri.fsPath)),
  );
  const isInside = folders.some((each) => each !== undefined && isWithin(each, real));
  return { uri: vscode.Uri.file(real), outside: !isInside };
}
