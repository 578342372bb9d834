import * as vscode from 'vscode';
import { readWorkspacePath } from '../../core/paths/readWorkspacePath';
import { pathWithin, workspacePlaces } from '../../core/edits/paths/workspacePlaces';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { findRealPath, isWithin } from './findRealPath';

/** A place in the workspace that a path may name. */
interface NamedFile {
  readonly uri: vscode.Uri;
  readonly exists: boolean;
}

/**
 * Finds the places in the workspace folders that a path may name, most likely first. The path comes from a model and is not
 * trusted: places outside the folder are left out, also those that a symbolic link leads to.
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
 * Finds the places in the workspace folders that a code block may name. Like `findNamedFiles`, but also accepts absolute paths,
 * which models write if the prompt contained one.
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

/** The index of the active file's workspace folder; undefined if there is none. */
function activeFolder(): number | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  return active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active)?.index;
}

/** Finds the file that attached code came from; undefined if it cannot be found in the workspace. */
export async function findAttachedFile({ uri, path }: CodeAttachment): Promise<vscode.Uri | undefined> {
  if (uri !== '') return vscode.Uri.parse(uri, true);
  return (await findNamedFiles(path)).find(({ exists }) => exists)?.uri;
}

/** True if a file exists at this URI. */
export async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // The file is missing or cannot be reached.
    return false;
  }
}

/** True if a file is in a folder after all symbolic links are followed. Works for a file that does not exist yet, too. */
export async function staysInside(uri: vscode.Uri, folder: vscode.Uri): Promise<boolean> {
  if (!uri.path.startsWith(folder.path.replace(/\/?$/, '/'))) return false;
  if (uri.scheme !== 'file') return true;
  const [root, real] = await Promise.all([findRealPath(folder.fsPath), findRealPath(uri.fsPath)]);
  return root !== undefined && real !== undefined && isWithin(root, real);
}
