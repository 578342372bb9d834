import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { noteEffect } from '../effects';
import { openTextDocument, providers } from './documents';
import { stage } from './stage';
import { Uri } from './uri';
import {
  FileSystemError,
  FileType,
  never,
  nothing,
  type RelativePattern,
  type WorkspaceEdit,
} from './values';

const folder = (): { uri: Uri; name: string; index: number } => ({
  uri: Uri.file(stage().workspace),
  name: 'workspace',
  index: 0,
});

function isInWorkspace(uri: Uri): boolean {
  return uri.scheme === 'file' && !relative(stage().workspace, uri.fsPath).startsWith('..');
}

function typeOf(path: string): { type: number; size: number; ctime: number; mtime: number } {
  const facts = statSync(path);
  return {
    type: facts.isDirectory() ? FileType.Directory : FileType.File,
    size: facts.size,
    ctime: 0,
    mtime: 0,
  };
}

/** Of VS Code's own: what it does is noted by what asks it, not once more by the disk. */
const disk: Readonly<Record<string, unknown>> = {
  stat: (uri: Uri) => {
    noteEffect('look at file', uri);
    return onDisk(uri, typeOf);
  },
  readFile: (uri: Uri) => {
    noteEffect('read file', uri);
    return onDisk(uri, (path) => readFileSync(path));
  },
  readDirectory: (uri: Uri) => {
    noteEffect('read file', uri);
    return onDisk(uri, (path) =>
      readdirSync(path, { withFileTypes: true }).map((entry) => [
        entry.name,
        entry.isDirectory() ? FileType.Directory : FileType.File,
      ]),
    );
  },
  writeFile: changing,
  createDirectory: changing,
  delete: changing,
  rename: changing,
  copy: changing,
};

async function onDisk<Result>(uri: Uri, act: (path: string) => Result): Promise<Result> {
  if (uri.scheme !== 'file') throw new FileSystemError('No such file system.');
  return await Promise.resolve(act(uri.fsPath));
}

function changing(uri: Uri): Promise<void> {
  const isOwn = uri.fsPath.startsWith(stage().storage);
  noteEffect(isOwn ? 'write own file' : 'write file', uri);
  return Promise.resolve();
}

/** As `vscode.workspace`, of one folder. What is changed is noted and not done. */
export const workspace: Readonly<Record<string, unknown>> = {
  get workspaceFolders(): readonly object[] {
    return [folder()];
  },
  isTrusted: true,
  textDocuments: [],
  notebookDocuments: [],
  fs: disk,
  onDidChangeTextDocument: never,
  onDidCloseTextDocument: never,
  onDidOpenTextDocument: never,
  onDidSaveTextDocument: never,
  onDidChangeConfiguration: never,
  onDidChangeWorkspaceFolders: never,
  onDidGrantWorkspaceTrust: never,
  createFileSystemWatcher: () => ({ ...nothing, onDidCreate: never, onDidDelete: never, onDidChange: never }),
  registerTextDocumentContentProvider: (
    scheme: string,
    provider: { provideTextDocumentContent: (uri: Uri) => string },
  ) => {
    providers.set(scheme, provider);
    return nothing;
  },
  registerFileSystemProvider: (scheme: string, provider: { readFile: (uri: Uri) => Uint8Array }) => {
    providers.set(scheme, provider);
    return nothing;
  },
  getConfiguration: (section = '') => ({
    get: (name: string, usual?: unknown) => stage().settings[`${section}.${name}`] ?? usual,
    inspect: (name: string) => ({ globalValue: stage().settings[`${section}.${name}`] }),
    update: (name: string, value: unknown) => {
      noteEffect('write setting', `${section}.${name} ${JSON.stringify(value)}`);
      return Promise.resolve();
    },
  }),
  getWorkspaceFolder: (uri: Uri) => (isInWorkspace(uri) ? folder() : undefined),
  asRelativePath: (what: Uri | string) => {
    const path = typeof what === 'string' ? what : what.path;
    return path.startsWith(`${stage().workspace}/`) ? path.slice(stage().workspace.length + 1) : path;
  },
  openTextDocument,
  applyEdit: ({ edited }: WorkspaceEdit) => {
    for (const uri of edited) noteEffect('edit', uri);
    return Promise.resolve(true);
  },
  findFiles: ({ pattern }: RelativePattern) => {
    noteEffect('list files', pattern);
    const names = readdirSync(stage().workspace, { recursive: true, encoding: 'utf8' });
    const wanted = pattern === '**/.gitignore' ? names.filter((name) => name.endsWith('.gitignore')) : names;
    const found = wanted.filter((name) => extname(name) !== '');
    return Promise.resolve(found.map((name) => Uri.file(join(stage().workspace, name))));
  },
  decode: (bytes: Uint8Array) => Promise.resolve(Buffer.from(bytes).toString()),
  encode: (text: string) => Promise.resolve(Buffer.from(text)),
  openNotebookDocument: () => Promise.reject(new Error('There are no notebooks here.')),
};
