import { realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import * as vscode from 'vscode';
import { readWorkspacePath } from '../../core/apply/workspacePath';

/** Where a path that a model named would be in the workspace. */
export interface NamedFile {
  readonly uri: vscode.Uri;
  readonly exists: boolean;
}

/**
 * The files within the workspace's folders that a path may mean. The path is a model's and hostile: what leads out of a folder,
 * by itself or by a symbolic link, is left out.
 */
export async function findNamedFiles(path: string): Promise<readonly NamedFile[]> {
  const safe = readWorkspacePath(path);
  if (safe === undefined) return [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found: NamedFile[] = [];
  for (const folder of folders) {
    // In a workspace of several folders a path often begins with the folder's name.
    const own = `${folder.name}/`;
    const paths = folders.length > 1 && safe.startsWith(own) ? [safe.slice(own.length), safe] : [safe];
    for (const inner of paths) {
      const uri = vscode.Uri.joinPath(folder.uri, inner);
      if (await staysInside(uri, folder.uri)) found.push({ uri, exists: await isFile(uri) });
    }
  }
  return found;
}

/** Whether there is a file under this URI. */
export async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // There is none, or it cannot be reached: no file to change either way.
    return false;
  }
}

/** Whether a file is in a folder once its links are followed; of a file that is not there yet, its nearest folder that is. */
export async function staysInside(uri: vscode.Uri, folder: vscode.Uri): Promise<boolean> {
  if (!uri.path.startsWith(folder.path.replace(/\/?$/, '/'))) return false;
  if (uri.scheme !== 'file') return true;
  const root = await realpath(folder.fsPath).catch(() => undefined);
  if (root === undefined) return false;
  for (let at = uri; at.path.length >= folder.path.length; at = vscode.Uri.joinPath(at, '..')) {
    const real = await realpath(at.fsPath).catch(() => undefined);
    if (real !== undefined) {
      const way = relative(root, real);
      return !way.startsWith('..') && !isAbsolute(way);
    }
    // A link to nothing would be followed when the file is written.
    if (await isLink(at)) return false;
    if (at.path === folder.path) break;
  }
  return false;
}

async function isLink(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.SymbolicLink) !== 0;
  } catch {
    return false;
  }
}
