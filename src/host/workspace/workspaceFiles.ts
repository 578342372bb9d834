import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { hasBinaryName } from '../../core/context/isBinary';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import { findIn } from './findIn';
import { excludedGlobs, largestIgnoreFile, pathWithin, type WorkspaceRules } from './workspaceRules';
import { readWorkspaceText } from './readWorkspaceText';

/** The most files that are listed. A file beyond this limit can still be found by typing its whole path. */
const mostFiles = 60_000;

/** A file or a folder that Parley may list. */
export interface ListedEntry {
  readonly kind: 'file' | 'folder';
  readonly uri: vscode.Uri;
  readonly name: string;
  /** The path that VS Code shows: relative, and with the folder's name if the workspace has several folders. */
  readonly path: string;
}

/** A snapshot of the workspace's files. */
interface FileList {
  readonly files: readonly ListedEntry[];
  /** Finds the files and folders that match a query, best first. */
  readonly find: (query: string, limit: number) => readonly ListedEntry[];
}

/**
 * Lists the workspace's files, without hidden files, binary files and files that may hold secrets. The list is kept until a file
 * is created or deleted.
 */
export class WorkspaceFiles implements vscode.Disposable {
  private listed: Promise<FileList> | undefined;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly rules: WorkspaceRules) {
    const forget = (): void => {
      this.listed = undefined;
    };
    const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    const rulesWatcher = vscode.workspace.createFileSystemWatcher('**/.gitignore', true, false, true);
    this.subscriptions = [
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      rulesWatcher,
      rulesWatcher.onDidChange(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('files.exclude') || change.affectsConfiguration('search.exclude'))
          forget();
      }),
    ];
  }

  /** Returns the list, and reads it if it is not up to date. */
  list(): Promise<FileList> {
    this.listed ??= this.read();
    return this.listed;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async read(): Promise<FileList> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const files = (await Promise.all(folders.map((folder) => this.filesOf(folder)))).flat();
    const entries = [...files, ...foldersOf(files)];
    let search: FileList['find'] | undefined;
    return {
      files,
      // Preparing 50,000 names takes time, and an empty query does not need it.
      find: (query, limit) => (search ??= findIn(entries))(query, limit),
    };
  }

  private async filesOf(folder: vscode.WorkspaceFolder): Promise<ListedEntry[]> {
    const rules = await this.rules.of(folder);
    const globs = [...excludedGlobs(folder), ...(await ignoredByName(folder))];
    const uris = await vscode.workspace.findFiles(
      new vscode.RelativePattern(folder, '**/*'),
      globs.length === 0 ? null : `{${globs.join(',')}}`,
      mostFiles,
    );
    return uris.flatMap((uri) => {
      const within = pathWithin(folder.uri, uri);
      if (within === '' || hasBinaryName(within) || mayHoldSecrets(within) || rules.hides(within)) return [];
      return [
        {
          kind: 'file' as const,
          uri,
          name: baseName(within),
          path: vscode.workspace.asRelativePath(uri),
        },
      ];
    });
  }
}

/** The folder of a path with forward slashes: "src/host" for "src/host/compose.ts", '' for "compose.ts". */
export function folderPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The folders of listed files, without duplicates. */
function foldersOf(files: readonly ListedEntry[]): ListedEntry[] {
  const folders = new Map<string, ListedEntry>();
  for (const file of files) {
    let { uri, path } = file;
    for (;;) {
      const slash = path.lastIndexOf('/');
      if (slash <= 0) break;
      path = path.slice(0, slash);
      uri = uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) });
      if (folders.has(path)) break;
      folders.set(path, { kind: 'folder', uri, name: baseName(path), path });
    }
  }
  return [...folders.values()];
}

/**
 * Globs for the plain names in the top .gitignore, such as `target/`. They are excluded from the file search itself, because one
 * such folder may have more files than the rest of the project.
 */
async function ignoredByName(folder: vscode.WorkspaceFolder): Promise<string[]> {
  const text = await readWorkspaceText(vscode.Uri.joinPath(folder.uri, '.gitignore'), largestIgnoreFile);
  // Most folders have no .gitignore.
  const lines = (text ?? '').split(/\r?\n/).slice(0, 500);
  // With exceptions (`!name`), only `IgnoreRules` can decide.
  if (lines.some((line) => line.startsWith('!'))) return [];
  return lines.flatMap((line) => {
    const name = /^(\/?)([\w.-]+)\/?\s*$/.exec(line);
    return name?.[2] === undefined ? [] : [name[1] === '/' ? name[2] : `**/${name[2]}`];
  });
}
