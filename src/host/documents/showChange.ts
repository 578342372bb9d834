import * as vscode from 'vscode';
import { cellOf, showCell } from './codeCellsOf';

/** Shows a changed document at the change, with the focus where one undo reverts it. */
export async function showChange(document: vscode.TextDocument, changed: vscode.Range): Promise<void> {
  const cell = cellOf(document.uri);
  if (cell !== undefined) {
    await showCell(cell);
    await vscode.commands.executeCommand('notebook.cell.edit');
    return;
  }
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(changed.start, changed.start);
  editor.revealRange(changed, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
