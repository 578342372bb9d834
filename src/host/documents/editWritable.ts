import * as vscode from 'vscode';

/**
 * Edits a document unless it is read-only. VS Code reports success for a read-only document too: an editor does nothing, and a
 * workspace edit changes the text in memory without making the document dirty. This function detects both and restores the text.
 *
 * @param edit Applies an edit that changes the text. Resolves to VS Code's own report of success.
 * @returns true if the document was edited; false if its text is unchanged.
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
    // A notebook cell is never dirty itself, and an auto-saved file is no longer dirty.
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
