import * as vscode from 'vscode';

/** The URI scheme of proposed texts. The menus in package.json use it too. */
export const proposalScheme = 'parley-proposed';

/** The left side of the diff of a new file. It is empty until the file is accepted. */
export function emptySide(proposed: vscode.Uri): vscode.Uri {
  return proposed.with({ query: 'empty' });
}

/**
 * A file system in memory for proposed texts, so that the user can edit the right side of the diff before accepting it. Nothing
 * is written to disk.
 */
export class ProposalFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly files = new Map<string, { bytes: Uint8Array; time: number }>();

  /**
   * Creates or replaces a file. The byte order mark makes VS Code read it as UTF-8, regardless of the setting `files.encoding`.
   */
  put(uri: vscode.Uri, text: string): void {
    this.write(uri, new TextEncoder().encode(`\uFEFF${text}`));
  }

  /** Makes room for a text of an earlier window that VS Code has restored, so that it can be saved. An older file is no conflict. */
  putEmpty(uri: vscode.Uri): void {
    this.files.set(uri.toString(), { bytes: new Uint8Array(), time: 0 });
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.toString());
    this.files.delete(emptySide(uri).toString());
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, time } = this.find(uri);
    return { type: vscode.FileType.File, ctime: time, mtime: time, size: bytes.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.find(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    if (uri.query !== '') throw vscode.FileSystemError.NoPermissions(uri);
    this.find(uri);
    this.write(uri, bytes);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(from: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(from);
  }

  dispose(): void {
    this.files.clear();
    this.changed.dispose();
  }

  private write(uri: vscode.Uri, bytes: Uint8Array): void {
    this.files.set(uri.toString(), { bytes, time: Date.now() });
    this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  private find(uri: vscode.Uri): { bytes: Uint8Array; time: number } {
    const file = this.files.get(uri.toString());
    if (file === undefined && uri.query !== '') return { bytes: new Uint8Array(), time: 0 };
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
