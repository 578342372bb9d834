import * as vscode from 'vscode';

/** Windows' `C:\…` and `\\server\…`. */
const windowsPath = /^(?:[a-z]:[\\/]|\\\\)/i;

/**
 * What the page says was dropped, as an address that may be looked at by the guard; undefined for anything that is
 * neither a path, nor a file, nor of a workspace folder's own scheme and authority.
 */
export function readDroppedUri(text: string): vscode.Uri | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.includes('\0')) return undefined;
  if (windowsPath.test(trimmed) || trimmed.startsWith('/')) return normal(vscode.Uri.file(trimmed));
  const uri = parse(trimmed);
  if (uri === undefined) return undefined;
  if (uri.scheme === 'file') return normal(uri);
  // A window has one remote: by its address the files are those that this process sees itself.
  if (uri.scheme === 'vscode-remote' && vscode.env.remoteName !== undefined)
    return normal(vscode.Uri.file(uri.path));
  const isOfWorkspace = (vscode.workspace.workspaceFolders ?? []).some(
    (folder) => folder.uri.scheme === uri.scheme && folder.uri.authority === uri.authority,
  );
  return isOfWorkspace ? normal(uri) : undefined;
}

function parse(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    // Not an address at all; the page may send anything.
    return undefined;
  }
}

/** Without `..` and without query: what is asked about is what is read. */
function normal(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri.with({ query: '', fragment: '' }), '.');
}
