import * as vscode from 'vscode';
import { IgnoreRules, type IgnoreFile } from './ignoreRules';
import { readWorkspaceText } from './readWorkspaceText';

/** The most .gitignore files that are read. */
const mostIgnoreFiles = 500;
/** The largest .gitignore that is read, in bytes. */
export const largestIgnoreFile = 200_000;

/** Tells which files of the workspace are hidden. Reads .gitignore files once, and again when one changes. */
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

  /** True if a file is hidden by the rules of its workspace folder; false for a file outside the workspace. */
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

/** The patterns of `files.exclude` and `search.exclude` whose value is true. */
export function excludedGlobs(folder: vscode.WorkspaceFolder): string[] {
  const settings = ['files', 'search'].map((section) =>
    vscode.workspace.getConfiguration(section, folder.uri).get<Record<string, unknown>>('exclude', {}),
  );
  return settings.flatMap((patterns) =>
    Object.entries(patterns).flatMap(([pattern, on]) => (on === true ? [pattern] : [])),
  );
}

/** A URI's path relative to a folder, with forward slashes. Returns '' for the folder itself and for a path outside it. */
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
  // In git, .gitignore overrides .git/info/exclude.
  const atTop: IgnoreFile = { folder: '', text: `${excluded?.text ?? ''}\n${top?.text ?? ''}` };
  return new IgnoreRules([atTop, ...nested], globs);
}

async function readIgnoreFile(folder: vscode.WorkspaceFolder, uri: vscode.Uri): Promise<IgnoreFile> {
  const text = await readWorkspaceText(uri, largestIgnoreFile);
  return { folder: pathWithin(folder.uri, vscode.Uri.joinPath(uri, '..')), text: text ?? '' };
}
