import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { cutText } from '../../core/text/cutText';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { findEnclosingSymbol } from '../workspace/findEnclosingSymbol';

/** The most characters of one code attachment. Longer code is cut at the end of a line. */
const longestCode = 60_000;

/** The largest file that is attached whole when nothing is selected. */
const mostLines = 300;
const mostCharacters = 20_000;
/** How many lines are attached before and after the cursor of a larger file. */
const linesAround = 100;

/** Attaches the selections of an editor, in the order of the file. Empty if nothing is selected. */
export function attachSelections(editor: vscode.TextEditor): CodeAttachment[] {
  return editor.selections
    .filter((selection) => !selection.isEmpty)
    .toSorted((left, right) => left.start.compareTo(right.start))
    .map((selection) =>
      attachRange(editor.document, withoutEmptyLastLine(selection), 'selection', fileName(editor.document)),
    );
}

/**
 * Attaches the code that the user means: the selections; else the innermost function or type around the cursor; else the whole
 * file; else, in a large file, the lines around the cursor.
 */
export async function attachSubject(editor: vscode.TextEditor): Promise<CodeAttachment[]> {
  const selections = attachSelections(editor);
  if (selections.length > 0) return selections;
  const { document } = editor;
  const cursor = editor.selection.active;
  const symbol = await attachSymbol(editor);
  // A symbol that is too long would be cut, possibly before the cursor.
  if (symbol.some(({ truncated }) => !truncated)) return symbol;
  if (isShort(document)) return [attachFile(document)];
  return [attachRange(document, rangeAround(document, cursor), 'selection', fileName(document))];
}

/** Attaches the innermost function or type around the cursor. Returns an empty list if the cursor is in neither. */
export async function attachSymbol({ document, selection }: vscode.TextEditor): Promise<CodeAttachment[]> {
  const symbol = await findEnclosingSymbol(document, selection.active);
  return symbol === undefined ? [] : [attachRange(document, symbol.range, 'symbol', symbol.name)];
}

/** The lines around a position, within the limits. In a line that is too long by itself, the characters around the column. */
function rangeAround(document: vscode.TextDocument, { line, character }: vscode.Position): vscode.Range {
  const lengthOf = (at: number): number => document.lineAt(at).text.length + 1;
  if (lengthOf(line) > mostCharacters) {
    const from = Math.max(0, character - mostCharacters / 2);
    return document.validateRange(new vscode.Range(line, from, line, from + mostCharacters));
  }
  let [first, last] = [line, line];
  let size = lengthOf(line);
  const isRoomFor = (at: number): boolean =>
    at >= 0 &&
    at < document.lineCount &&
    Math.abs(at - line) <= linesAround &&
    size + lengthOf(at) <= mostCharacters;
  for (let grows = true; grows;) {
    grows = false;
    if (isRoomFor(first - 1)) {
      first -= 1;
      size += lengthOf(first);
      grows = true;
    }
    if (isRoomFor(last + 1)) {
      last += 1;
      size += lengthOf(last);
      grows = true;
    }
  }
  return new vscode.Range(new vscode.Position(first, 0), document.lineAt(last).range.end);
}

/** True for a file that is attached whole when nothing is selected. */
export function isShort(document: vscode.TextDocument): boolean {
  return document.lineCount <= mostLines && document.getText().length <= mostCharacters;
}

/** Attaches a whole file, cut after 60,000 characters. */
export function attachFile(document: vscode.TextDocument): CodeAttachment {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return attachRange(document, new vscode.Range(new vscode.Position(0, 0), end), 'file', fileName(document));
}

/**
 * Attaches a range of a document, cut after 60,000 characters.
 *
 * @param scope What the range is: a selection, a symbol or the file.
 * @param name The label of the attachment.
 */
export function attachRange(
  document: vscode.TextDocument,
  range: vscode.Range,
  scope: CodeAttachment['scope'],
  name: string,
): CodeAttachment {
  const whole = document.getText(range);
  const text = cutText(whole, longestCode);
  const startLine = range.start.line + 1;
  const lineBreaks = text.split('\n').length - 1 - (text.endsWith('\n') ? 1 : 0);
  const endLine = startLine + lineBreaks;
  return {
    kind: 'code',
    id: crypto.randomUUID(),
    scope,
    name,
    path: vscode.workspace.asRelativePath(document.uri),
    uri: document.uri.toString(),
    languageId: document.languageId,
    startLine,
    endLine,
    lineCount: Math.max(endLine, countLines(document)),
    text,
    truncated: text.length < whole.length,
  };
}

/** How many lines a document has, without the empty line after the last line break. */
function countLines(document: vscode.TextDocument): number {
  const last = document.lineCount - 1;
  return last > 0 && document.lineAt(last).text === '' ? last : document.lineCount;
}

/** A selection of whole lines ends at the start of the next line. That line is removed from the range. */
function withoutEmptyLastLine(selection: vscode.Selection): vscode.Range {
  const { start, end } = selection;
  if (end.character > 0 || end.line === start.line) return selection;
  return new vscode.Range(start, new vscode.Position(end.line - 1, Number.MAX_SAFE_INTEGER));
}

function fileName(document: vscode.TextDocument): string {
  return baseName(document.uri.path);
}
