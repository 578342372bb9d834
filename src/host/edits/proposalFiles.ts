import * as vscode from 'vscode';

/** The scheme of proposed texts; package.json's menus know it too. */
export const proposalScheme = 'parley-proposed';

/**
 * Proposed texts as files in memory, so that the right side of the diff can be edited before it is accepted. Nothing of it
 * reaches a disk.
 */
export class ProposalFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly files = new Map<string, { bytes: Uint8Array; time: number }>();

  /**
   * Makes a file, or replaces what it holds. The byte order mark makes VS Code read it as UTF-8 whatever `files.encoding` says
   * for the user, the folder or the language: every character of a proposal is shown as it is.
   */
  put(uri: vscode.Uri, text: string): void {
    this.write(uri, new TextEncoder().encode(`\uFEFF${text}`));
  }

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.toString());
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
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
