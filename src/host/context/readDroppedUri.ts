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
  try {
    return read(trimmed);
  } catch {
    // No address at all (`////x`, `http://[`): the page may send anything, and people drop any text.
    return undefined;
  }
}

/** @throws an error of VS Code's own where the text is no address. */
function read(text: string): vscode.Uri | undefined {
  if (windowsPath.test(text) || text.startsWith('/')) return normal(vscode.Uri.file(text));
  const uri = vscode.Uri.parse(text, true);
  if (uri.scheme === 'file') return normal(uri);
  // A window has one remote: by its address the files are those that this process sees itself.
  if (uri.scheme === 'vscode-remote' && vscode.env.remoteName !== undefined)
    return normal(vscode.Uri.file(uri.path));
  const isOfWorkspace = (vscode.workspace.workspaceFolders ?? []).some(
    (folder) => folder.uri.scheme === uri.scheme && folder.uri.authority === uri.authority,
  );
  return isOfWorkspace ? normal(uri) : undefined;
}

/** Without `..` and without query: what is asked about is what is read. */
function normal(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri.with({ query: '', fragment: '' }), '.');
}
