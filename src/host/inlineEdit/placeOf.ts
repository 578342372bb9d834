import * as vscode from 'vscode';
import { splitText } from '../../core/edits/lines/lineEdit';
import type { EditPlace } from '../../core/inlineEdit/editPlace';

/** Turns a selection, or a cursor, into the place of an inline edit. Whole lines change; see `EditPlace.fragment`. */
export function placeOf(document: vscode.TextDocument, range: vscode.Range): EditPlace {
  const { start, end, isEmpty } = range;
  const common = {
    file: splitText(document.getText()).lines,
    start: start.line,
    languageId: document.languageId,
    unit: unitOf(document),
  };
  if (isEmpty) return { ...common, end: start.line, cursorColumn: start.character };
  // A selection of whole lines ends at the beginning of the next one.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const place = { ...common, end: last + 1 };
  const line = document.lineAt(start.line).text;
  const isPart =
    start.line === end.line &&
    (line.slice(0, start.character).trim() !== '' || line.slice(end.character).trim() !== '');
  return isPart ? { ...place, fragment: { startColumn: start.character, endColumn: end.character } } : place;
}

/** How an editor of the document indents; undefined if none is visible. */
function unitOf(document: vscode.TextDocument): EditPlace['unit'] {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  if (editor === undefined) return undefined;
  const { insertSpaces, indentSize, tabSize } = editor.options;
  return insertSpaces === false ? '\t' : Number(indentSize ?? tabSize ?? 4);
}
