import * as vscode from 'vscode';
import { splitText } from '../../core/edits/lines/lineEdit';
import { compareLines } from '../../core/edits/lines/compareLines';
import { editWritable } from './editWritable';

/**
 * Replaces a document's lines in one edit, which one undo reverts. Only lines that differ are touched. Does not save.
 *
 * @returns The first changed line, or false if the document is read-only. A read-only document keeps its text.
 */
export async function writeChange(
  document: vscode.TextDocument,
  lines: readonly string[],
): Promise<vscode.Range | false> {
  const current = splitText(document.getText()).lines;
  const changes = compareLines(current, lines);
  const end = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const edit = new vscode.WorkspaceEdit();
  for (const change of changes) {
    const text = change.lines.join(end);
    if (change.end < current.length)
      edit.replace(
        document.uri,
        new vscode.Range(change.start, 0, change.end, 0),
        change.lines.length > 0 ? text + end : '',
      );
    else
      edit.replace(
        document.uri,
        lastLines(document, change.start),
        change.start > 0 && change.lines.length > 0 ? end + text : text,
      );
  }
  if (changes.length > 0 && !(await editWritable(document, () => vscode.workspace.applyEdit(edit))))
    return false;
  const [first] = changes;
  const start = Math.min(first?.start ?? 0, document.lineCount - 1);
  return new vscode.Range(start, 0, start, 0);
}

/** The range from line `start` to the end of the document, with the line break before it, because no line break follows. */
function lastLines(document: vscode.TextDocument, start: number): vscode.Range {
  const last = document.lineAt(document.lineCount - 1).range.end;
  return new vscode.Range(
    start === 0 ? new vscode.Position(0, 0) : document.lineAt(start - 1).range.end,
    last,
  );
}
