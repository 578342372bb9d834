import * as vscode from 'vscode';
import { isDocumentOfUser } from '../documents/isDocumentOfUser';

/** True if a document cannot be edited, as far as VS Code tells before an edit: by its scheme, its file system or its file. */
export async function isReadOnly({ uri, isUntitled }: vscode.TextDocument): Promise<boolean> {
  if (!isDocumentOfUser(uri)) return true;
  if (isUntitled) return false;
  // A notebook cell has the file system of its notebook.
  const file = vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some(({ document }) => document.uri.toString() === uri.toString()),
  )?.uri;
  const place = file ?? uri;
  if (place.scheme === 'untitled') return false;
  if (vscode.workspace.fs.isWritableFileSystem(place.scheme) === false) return true;
  try {
    const { permissions } = await vscode.workspace.fs.stat(place);
    return permissions === vscode.FilePermission.Readonly;
  } catch {
    // The file was deleted. Its text is still in the editor.
    return false;
  }
}
