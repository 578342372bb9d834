import * as vscode from 'vscode';
import { IgnoreRules, type IgnoreFile } from './ignoreRules';
import { readWorkspaceText } from './readWorkspaceText';

/** A project with more .gitignore files than this has them where nobody looks. */
const mostIgnoreFiles = 500;
/** Of a .gitignore, in bytes; a longer one is made by a program and not read. */
export const longestIgnoreFile = 200_000;

/** Knows what is hidden in the workspace's folders. Reads .gitignore files once, and anew when one changes. */
export class WorkspaceRules implements vscode.Disposable {
  private readonly byFolder = new Map<string, Promise<IgnoreRules>>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor() {
    const forget = (): void => {
      this.byFolder.clear();
    };
    const watcher = vscode.workspace.createFileSystemWatcher('**/.gitignore');
    this.subscriptions = [
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('files.exclude') || change.affectsConfiguration('search.exclude'))
          forget();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
    ];
  }

  /** The rules of a workspace folder. */
  of(folder: vscode.WorkspaceFolder): Promise<IgnoreRules> {
    const key = folder.uri.toString();
    const known = this.byFolder.get(key);
    if (known !== undefined) return known;
    const rules = readRules(folder);
    this.byFolder.set(key, rules);
    return rules;
  }

  /** True when a file is hidden where it is; false for one outside of the workspace. */
  async hides(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder === undefined) return false;
    const path = pathWithin(folder.uri, uri);
    return path !== '' && (await this.of(folder)).hides(path);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** The patterns of `files.exclude` and `search.exclude` that are on. */
export function excludedGlobs(folder: vscode.WorkspaceFolder): string[] {
  const settings = ['files', 'search'].map((section) =>
    vscode.workspace.getConfiguration(section, folder.uri).get<Record<string, unknown>>('exclude', {}),
  );
  return settings.flatMap((patterns) =>
    Object.entries(patterns).flatMap(([pattern, on]) => (on === true ? [pattern] : [])),
  );
}

/** A path relative to a folder, with forward slashes; '' for the folder itself. */
export function pathWithin(folder: vscode.Uri, uri: vscode.Uri): string {
  const start = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.path.startsWith(start) ? uri.path.slice(start.length) : '';
}

async function readRules(folder: vscode.WorkspaceFolder): Promise<IgnoreRules> {
  const globs = excludedGlobs(folder);
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, '**/.gitignore'),
    globs.length === 0 ? null : `{${globs.join(',')}}`,
    mostIgnoreFiles,
  );
  const uris = [
    vscode.Uri.joinPath(folder.uri, '.git', 'info', 'exclude'),
    vscode.Uri.joinPath(folder.uri, '.gitignore'),
    ...found.filter((uri) => pathWithin(folder.uri, uri) !== '.gitignore'),
  ];
  const files = await Promise.all(uris.map((uri) => readIgnoreFile(folder, uri)));
  const [excluded, top, ...nested] = files;
  // Git lets .gitignore have the last word over its own list.
  const atTop: IgnoreFile = { folder: '', text: `${excluded?.text ?? ''}\n${top?.text ?? ''}` };
  return new IgnoreRules([atTop, ...nested], globs);
}

async function readIgnoreFile(folder: vscode.WorkspaceFolder, uri: vscode.Uri): Promise<IgnoreFile> {
  const text = await readWorkspaceText(uri, longestIgnoreFile);
  return { folder: pathWithin(folder.uri, vscode.Uri.joinPath(uri, '..')), text: text ?? '' };
}
