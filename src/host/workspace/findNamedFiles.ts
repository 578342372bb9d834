import * as vscode from 'vscode';
import { readWorkspacePath } from '../../core/paths/readWorkspacePath';
import { pathWithin, workspacePlaces } from '../../core/edits/paths/workspacePlaces';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { findRealPath, isWithin } from './findRealPath';

/** Where a path that a model named would be in the workspace. */
export interface NamedFile {
  readonly uri: vscode.Uri;
  readonly exists: boolean;
}

/**
 * The files within the workspace's folders that a path may mean, the likeliest first. The path is a model's and hostile: what leads out of a folder,
 * by itself or by a symbolic link, is left out.
 */
export async function findNamedFiles(path: string): Promise<readonly NamedFile[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found: NamedFile[] = [];
  const safe = readWorkspacePath(path);
  if (safe === undefined) return [];
  const names = folders.map(({ name }) => name);
  for (const place of workspacePlaces(safe, names, activeFolder())) {
    const folder = folders[place.folder];
    if (folder === undefined) continue;
    const uri = vscode.Uri.joinPath(folder.uri, place.path);
    if (await staysInside(uri, folder.uri)) found.push({ uri, exists: await isFile(uri) });
  }
  return found;
}

/**
 * The files within the workspace's folders that a code block may name: like `findNamedFiles`, and by an absolute path, as models
 * write that were told of one.
 */
export async function findFilesOfBlock(path: string): Promise<readonly NamedFile[]> {
  const found: NamedFile[] = [];
  for (const { uri: folder } of vscode.workspace.workspaceFolders ?? []) {
    const inner = readWorkspacePath(pathWithin(path, folder.fsPath) ?? '');
    const uri = inner === undefined ? undefined : vscode.Uri.joinPath(folder, inner);
    if (uri !== undefined && (await staysInside(uri, folder))) found.push({ uri, exists: await isFile(uri) });
  }
  return [...found, ...(await findNamedFiles(path))];
}

/** Place of the workspace folder of the active file; undefined when there is none. */
function activeFolder(): number | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  return active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active)?.index;
}

/** Where an attached piece of code is from; undefined when it is from nowhere that can be trusted or found. */
export async function findAttachedFile({ uri, path }: CodeAttachment): Promise<vscode.Uri | undefined> {
  if (uri !== '') return vscode.Uri.parse(uri, true);
  return (await findNamedFiles(path)).find(({ exists }) => exists)?.uri;
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
  const [root, real] = await Promise.all([findRealPath(folder.fsPath), findRealPath(uri.fsPath)]);
  return root !== undefined && real !== undefined && isWithin(root, real);
}
