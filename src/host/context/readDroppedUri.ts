import * as vscode from 'vscode';

/** Absolute paths of Windows: `C:\…` and `\\server\…`. */
const windowsPath = /^(?:[a-z]:[\\/]|\\\\)/i;

/**
 * Reads a dropped item as the webview reports it. The webview is not trusted: the context guard still decides about the file.
 *
 * @returns undefined unless the text is an absolute path, a `file:` URI, or a URI with the scheme and authority of a
 * workspace folder.
 */
export function readDroppedUri(text: string): vscode.Uri | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.includes('\0')) return undefined;
  try {
    return read(trimmed);
  } catch {
    // The text is not a URI. That is not an error: the user can drop every text, and an untrusted webview can send every text.
    return undefined;
  }
}

/** @throws UriError of VS Code if the text is not a URI. */
function read(text: string): vscode.Uri | undefined {
  if (windowsPath.test(text) || text.startsWith('/')) return normal(vscode.Uri.file(text));
  const uri = vscode.Uri.parse(text, true);
  if (uri.scheme === 'file') return normal(uri);
  // A window has one remote, and this process runs there: the remote's files are local files here.
  if (uri.scheme === 'vscode-remote' && vscode.env.remoteName !== undefined)
    return normal(vscode.Uri.file(uri.path));
  const isOfWorkspace = (vscode.workspace.workspaceFolders ?? []).some(
    (folder) => folder.uri.scheme === uri.scheme && folder.uri.authority === uri.authority,
  );
  return isOfWorkspace ? normal(uri) : undefined;
}

/** Removes `..`, query and fragment, so that the guard asks about the same file that is read afterwards. */
function normal(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri.with({ query: '', fragment: '' }), '.');
}
