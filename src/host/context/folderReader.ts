import * as vscode from 'vscode';
import { hasBinaryName, isBinary } from '../../core/context/isBinary';
import { describeFolder, folderBudget, type FolderFile } from '../../core/context/folderText';
import type { TextAttachment } from '../../shared/conversation/attachment';
import type { ContextGuard } from '../workspace/contextGuard';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import type { WorkspaceFiles } from '../workspace/workspaceFiles';
import { readWorkspaceText } from '../workspace/readWorkspaceText';

/** Of a folder with more files than this, the rest is only counted. */
const mostFiles = 1_000;
/** How deep a folder outside of the workspace is looked into. */
const deepest = 8;

interface FolderEntry {
  readonly uri: vscode.Uri;
  /** Relative to the folder. */
  readonly path: string;
}

/** Reads folders: what is listed of them, and as much of their text as fits. */
export class FolderReader {
  constructor(
    private readonly files: WorkspaceFiles,
    private readonly guard: ContextGuard,
  ) {}

  /** A folder as an attachment; undefined when nothing in it can go along. The folder itself was admitted before. */
  async read(folder: vscode.Uri): Promise<TextAttachment | undefined> {
    const isOurs = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
    const entries = isOurs ? await this.listed(folder) : await walk(folder);
    const chosen = entries.toSorted(nearestFirst).slice(0, mostFiles);
    const listable = isOurs ? await this.guard.listable(chosen.map(({ uri }) => uri)) : undefined;
    const kept = chosen.filter(({ uri }) => listable === undefined || listable.has(uri));
    if (kept.length === 0) return undefined;
    const { text, truncated } = describeFolder(await readTexts(kept, isOurs), entries.length - chosen.length);
    return {
      kind: 'text',
      id: crypto.randomUUID(),
      scope: 'folder',
      name: `${vscode.workspace.asRelativePath(folder).replace(/\/$/, '')}/`,
      languageId: '',
      text,
      truncated,
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

/** A folder outside of the workspace, which VS Code's search does not know. Links are not followed. */
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
    // One that may not be read has nothing to tell; the others do.
    return [];
  }
}

/** Reads until the budget is surely spent; what is not read any more is listed all the same. */
async function readTexts(entries: readonly FolderEntry[], isOurs: boolean): Promise<FolderFile[]> {
  const files: FolderFile[] = [];
  let length = 0;
  for (const { uri, path } of entries) {
    const text = length > folderBudget ? tooLong : await readText(uri, isOurs);
    files.push({ path, text });
    if (text !== undefined && text.length <= folderBudget) length += text.length;
  }
  return files;
}

/** Stands for a text that does not fit, whatever it is. */
const tooLong = ' '.repeat(folderBudget + 1);

/** @param isOurs Whether it is in the workspace, and must not lead out of it. */
async function readText(uri: vscode.Uri, isOurs: boolean): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return undefined;
    // In bytes; every character has at most four of them.
    if (size > folderBudget * 4) return tooLong;
    if (isOurs) return await readWorkspaceText(uri, folderBudget * 4);
    const bytes = await vscode.workspace.fs.readFile(uri);
    return isBinary(bytes) ? undefined : await vscode.workspace.decode(bytes, { uri });
  } catch {
    return undefined;
  }
}

function nearestFirst(left: FolderEntry, right: FolderEntry): number {
  return left.path.split('/').length - right.path.split('/').length || (left.path < right.path ? -1 : 1);
}
