import * as vscode from 'vscode';
import { indentUnit, reindent } from '../../core/edits/indentation';
import { indentOf } from '../../core/edits/lineLikeness';
import { splitBlock } from '../../core/edits/lineEdit';
import { mayWriteTo } from './autoExecutedQuestion';
import { isDocumentOfUser } from './openDocuments';

/**
 * Puts code at the cursors of the editor that was active last, over what is selected there, with the indentation of each
 * cursor's line, and the focus there.
 */
export async function insertCode(text: string): Promise<void> {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find(
    (candidate) => candidate !== undefined && isDocumentOfUser(candidate.document.uri),
  );
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file first: the code goes to its cursor.'),
    );
    return;
  }
  const { document } = editor;
  // Where files save themselves the text would be on disk at once.
  if (!(await mayWriteTo(document.uri, vscode.l10n.t('Insert It')))) return;
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, indented(text, editor, selection));
  });
  if (!done) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The code could not be inserted: the file is read-only.'),
    );
    return;
  }
  await vscode.window.showTextDocument(document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
}

/** The first line stands at the cursor; the others keep their distance to it, from where the cursor's line begins. */
function indented(text: string, editor: vscode.TextEditor, selection: vscode.Selection): string {
  const { document, options } = editor;
  const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
  const unit = options.insertSpaces === false ? '\t' : Number(options.indentSize ?? options.tabSize ?? 4);
  const lines = splitBlock(text);
  const [first = '', ...rest] = reindent(
    lines,
    indentOf(before),
    indentUnit(lines) === undefined ? undefined : unit,
  );
  const lead = first.slice(indentOf(before).length);
  const end = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  return [lead, ...rest].join(end);
}
