import * as vscode from 'vscode';

/**
 * Edits a document unless it is read-only. Of an edit of a read-only document VS Code says that it was done: in an editor nothing
 * happens, elsewhere the text changes in memory, but the document does not become dirty. It then gets its text back.
 *
 * @param edit Makes an edit that changes something, and tells whether VS Code says that it was done.
 * @returns True when the document was edited; false leaves it as it was.
 */
export async function editWritable(
  document: vscode.TextDocument,
  edit: () => Thenable<boolean>,
): Promise<boolean> {
  const before = document.getText();
  const saved = new Set<vscode.TextDocument>();
  const watcher = vscode.workspace.onDidSaveTextDocument((each) => {
    saved.add(each);
  });
  try {
    if (!(await edit())) return false;
    // A cell of a notebook has no state of its own; a file that is saved by itself is not dirty any more.
    const isWritten =
      document.isDirty || saved.has(document) || document.uri.scheme === 'vscode-notebook-cell';
    if (isWritten) return true;
    if (document.getText() === before) return false;
    const undo = new vscode.WorkspaceEdit();
    undo.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), before);
    await vscode.workspace.applyEdit(undo);
    return false;
  } finally {
    watcher.dispose();
  }
}
