import * as vscode from 'vscode';
import { placeInsertion } from '../../core/edits/lines/insertion';
import { mayWriteTo } from '../documents/mayWriteTo';
import { editWritable } from '../documents/editWritable';
import { isDocumentOfUser } from '../documents/isDocumentOfUser';

/**
 * Inserts code at each cursor of the last active editor, replaces its selections, and moves the focus there. `placeInsertion`
 * chooses the indentation and the line breaks.
 */
export async function insertCode(text: string): Promise<void> {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find(
    (candidate) => candidate !== undefined && isDocumentOfUser(candidate.document.uri),
  );
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file first. The code is inserted at its cursor.'),
    );
    return;
  }
  const { document } = editor;
  // With auto save the text would be on disk at once, so the user is asked before.
  if (!(await mayWriteTo(document.uri, vscode.l10n.t('Insert Anyway')))) return;
  // Two cursors in the indentation of the same line lead to the same place.
  const insertions = new Map(
    editor.selections.map((selection) => {
      const insertion = insertionAt(text, editor, selection);
      const { start, end } = insertion.range;
      return [[start.line, start.character, end.line, end.character].join(), insertion];
    }),
  );
  const done = await editWritable(document, () =>
    editor.edit((edit) => {
      for (const insertion of insertions.values()) edit.replace(insertion.range, insertion.text);
    }),
  );
  if (!done) {
    void vscode.window.showWarningMessage(vscode.l10n.t("Couldn't insert the code. The file is read-only."));
    return;
  }
  await vscode.window.showTextDocument(document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
}

function insertionAt(
  text: string,
  { document, options }: vscode.TextEditor,
  { start, end }: vscode.Selection,
): { readonly range: vscode.Range; readonly text: string } {
  const { startColumn, endColumn, lines } = placeInsertion(text, {
    startLine: document.lineAt(start.line).text,
    startColumn: start.character,
    endLine: document.lineAt(end.line).text,
    endColumn: end.character,
    isOneLine: start.line === end.line,
    unit: options.insertSpaces === false ? '\t' : Number(options.indentSize ?? options.tabSize ?? 4),
  });
  return {
    range: new vscode.Range(start.line, startColumn, end.line, endColumn),
    text: lines.join(document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n'),
  };
}
