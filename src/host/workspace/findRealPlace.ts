import * as vscode from 'vscode';
import { findRealPath, isWithin } from './findRealPath';

/** The real place of a file, after symbolic links. */
interface RealPlace {
  readonly uri: vscode.Uri;
  /** True if the file is outside the workspace folders. */
  readonly outside: boolean;
}

/**
 * Follows the symbolic links of a workspace file, which may lead anywhere. A broken link counts as outside. A file that Node
 * cannot reach, such as one with another URI scheme, counts as being where its URI says. Never rejects.
 */
export async function findRealPlace(uri: vscode.Uri): Promise<RealPlace> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  // Do not touch the file: merely looking at \\server\share sends the user's Windows login there.
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
