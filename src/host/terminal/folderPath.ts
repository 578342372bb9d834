import type * as vscode from 'vscode';

/** The path of a working folder. On another computer or in a remote window, the path there. Undefined if unknown. */
export function folderPath(folder: vscode.Uri | undefined): string | undefined {
  return folder?.scheme === 'file' ? folder.fsPath : folder?.path;
}
