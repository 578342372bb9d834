import * as vscode from 'vscode';
import { hasBinaryName, isBinary } from '../../core/context/isBinary';
import { describeFolder, folderBudget, type FolderFile } from '../../core/context/folderText';
import type { TextAttachment } from '../../shared/conversation/attachment';
import type { ContextGuard } from '../workspace/contextGuard';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { readWorkspaceText } from '../workspace/readWorkspaceText';

/** The most files of a folder that are listed. Further files are only counted. */
const mostFiles = 1_000;
/** The deepest level that is read of a folder outside the workspace. */
const deepest = 8;

interface FolderEntry {
  readonly uri: vscode.Uri;
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
}

/** Reads folders: lists their files, and includes as much text as fits the budget. */
export class FolderReader {
  constructor(
    private readonly files: WorkspaceFiles,
    private readonly guard: ContextGuard,
  ) {}

  /**
   * Attaches a folder that the guard has admitted.
   *
   * @returns undefined if no file of the folder can be attached.
   */
  async read(folder: vscode.Uri): Promise<TextAttachment | undefined> {
    const isInWorkspace = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
    const entries = isInWorkspace ? await this.listed(folder) : await walk(folder);
    const chosen = entries.toSorted(nearestFirst).slice(0, mostFiles);
    const listable = isInWorkspace ? await this.guard.listable(chosen.map(({ uri }) => uri)) : undefined;
    const kept = chosen.filter(({ uri }) => listable === undefined || listable.has(uri));
    if (kept.length === 0) return undefined;
    const { text, truncated, amount } = describeFolder(
      await readTexts(kept, isInWorkspace),
      entries.length - chosen.length,
    );
    return {
      kind: 'text',
      id: crypto.randomUUID(),
      scope: 'folder',
      name: `${vscode.workspace.asRelativePath(folder).replace(/\/$/, '')}/`,
      languageId: '',
      text,
      truncated,
      amount,
    };
  }

  private async listed(folder: vscode.Uri): Promise<FolderEntry[]> {
    const start = `${folder.path.replace(/\/$/, '')}/`;
    const { files } = await this.files.list();
    return files
      .filter(({ uri }) => uri.scheme === folder.scheme && uri.path.startsWith(start))
      .map(({ uri }) => ({ uri, path: uri.path.slice(start.length) }));
  }
}

/**
 * Lists the files of a folder outside the workspace, where VS Code's file search does not work. Does not follow symbolic links.
 */
async function walk(top: vscode.Uri): Promise<FolderEntry[]> {
  const found: FolderEntry[] = [];
  const visit = async (folder: vscode.Uri, path: string, depth: number): Promise<void> => {
    for (const [name, type] of await readDirectory(folder)) {
      if (found.length >= mostFiles) return;
      const uri = vscode.Uri.joinPath(folder, name);
      if (mayHoldSecrets(uri.path) || hasBinaryName(name)) continue;
      if (type === vscode.FileType.File) found.push({ uri, path: `${path}${name}` });
      else if (
        type === vscode.FileType.Directory &&
        depth < deepest &&
        !/^(?:\.git|node_modules)$/.test(name)
      ) {
        await visit(uri, `${path}${name}/`, depth + 1);
      }
    }
  };
  await visit(top, '', 0);
  return found;
}

async function readDirectory(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    // An unreadable folder is skipped.
    return [];
  }
}

/** Reads the files until the budget is used up. Further files are listed without their text. */
async function readTexts(entries: readonly FolderEntry[], isInWorkspace: boolean): Promise<FolderFile[]> {
  const files: FolderFile[] = [];
  let length = 0;
  for (const { uri, path } of entries) {
    const text = length > folderBudget ? tooLong : await readText(uri, isInWorkspace);
    files.push({ path, text });
    if (text !== undefined && text.length <= folderBudget) length += text.length;
  }
  return files;
}

/** A placeholder for a text that does not fit: longer than the budget, so that `describeFolder` leaves it out. */
const tooLong = ' '.repeat(folderBudget + 1);

/** @param isInWorkspace True for a workspace file, which must not lead out of the workspace. */
async function readText(uri: vscode.Uri, isInWorkspace: boolean): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return undefined;
    // A size in bytes; a UTF-8 character has at most four.
    if (size > folderBudget * 4) return tooLong;
    if (isInWorkspace) return await readWorkspaceText(uri, folderBudget * 4);
    const bytes = await vscode.workspace.fs.readFile(uri);
    return isBinary(bytes) ? undefined : await vscode.workspace.decode(bytes, { uri });
  } catch {
    return undefined;
  }
}

function nearestFirst(left: FolderEntry, right: FolderEntry): number {
  return left.path.split('/').length - right.path.split('/').length || (left.path < right.path ? -1 : 1);
}
