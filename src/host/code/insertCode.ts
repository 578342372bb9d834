import * as vscode from 'vscode';

/** Puts code at the cursor of the active editor, over what is selected there. */
export async function insertCode(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file first: the code goes to its cursor.'),
    );
    return;
  }
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (!done) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The code could not be inserted: the file is read-only.'),
    );
    return;
  }
  await vscode.window.showTextDocument(editor.document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
}
