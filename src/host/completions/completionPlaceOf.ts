import * as vscode from 'vscode';
import type { CompletionPlace } from '../../core/completions/completionPlace';

/** How much text is read around the cursor, in UTF-16 units and in lines. The prompt holds less. */
const longestBefore = 12_000;
const longestAfter = 5_000;
const mostLines = 400;
/** The text before the cursor begins at a multiple of so many lines, so that it begins the same for a while. */
const groupOfLines = 16;

/** Describes the place of the cursor. With a selected suggestion, the place is the one after the suggestion. */
export function completionPlaceOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  { triggerKind, selectedCompletionInfo: selected }: vscode.InlineCompletionContext,
): CompletionPlace {
  const cursor = selected?.range.start ?? position;
  const end = selected?.range.end ?? position;
  const suggested = selected?.text ?? '';
  const typed = selected === undefined ? '' : document.getText(selected.range);
  return {
    documentId: document.uri.toString(),
    languageId: document.languageId,
    offset: unixOffset(document, cursor) + suggested.length,
    before: readBefore(document, cursor) + suggested,
    after: readAfter(document, end),
    isInvoked: triggerKind === vscode.InlineCompletionTriggerKind.Invoke,
    pending: suggested.startsWith(typed) ? suggested.length - typed.length : 0,
  };
}

/** The offset of a position if each line end were one character. */
function unixOffset(document: vscode.TextDocument, position: vscode.Position): number {
  return document.offsetAt(position) - (document.eol === vscode.EndOfLine.CRLF ? position.line : 0);
}

function readBefore(document: vscode.TextDocument, { line, character }: vscode.Position): string {
  let first = line;
  let length = character;
  while (first > 0 && line - first < mostLines) {
    length += document.lineAt(first - 1).text.length + 1;
    if (length > longestBefore) break;
    first -= 1;
  }
  const start = first === 0 ? 0 : Math.min(line, Math.ceil(first / groupOfLines) * groupOfLines);
  const column = start === line ? Math.max(0, character - longestBefore) : 0;
  return unixText(document, new vscode.Range(start, column, line, character));
}

function readAfter(document: vscode.TextDocument, position: vscode.Position): string {
  const { line, character } = position;
  let last = line;
  let length = document.lineAt(line).text.length - character;
  while (last + 1 < document.lineCount && last - line < mostLines && length < longestAfter) {
    last += 1;
    length += document.lineAt(last).text.length + 1;
  }
  const text = unixText(document, new vscode.Range(position, document.lineAt(last).range.end));
  return text.slice(0, longestAfter);
}

function unixText(document: vscode.TextDocument, range: vscode.Range): string {
  const text = document.getText(range);
  return document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\r\n', '\n') : text;
}
