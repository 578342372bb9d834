import * as vscode from 'vscode';
import { commentText } from '../../core/edits/lines/commentText';
import { findEnclosingSymbol } from '../workspace/findEnclosingSymbol';

/** A longer function or type is not edited as a whole, in lines. */
const longestSymbol = 200;
/** A file up to this length is edited as a whole, in lines. */
const longestFile = 100;

/**
 * The code that a quick action is about: the selection, else the function or type around the cursor with the comments above it, else
 * the file if it is short.
 *
 * @returns undefined if there is no such code.
 */
export async function subjectRange(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.Range | undefined> {
  if (!range.isEmpty) return range;
  const symbol = await enclosingSymbol(document, range.start);
  if (symbol !== undefined) return symbol;
  return document.lineCount <= longestFile ? linesOf(document, 0, document.lineCount - 1) : undefined;
}

/** The whole lines of the function or type around a position, if it is not too long. */
export async function enclosingSymbol(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Range | undefined> {
  const symbol = await findEnclosingSymbol(document, position);
  if (symbol === undefined) return undefined;
  const { start, end } = symbol.range;
  if (end.line - start.line >= longestSymbol) return undefined;
  let first = start.line;
  while (first > 0 && isAbove(document.lineAt(first - 1).text)) first--;
  return linesOf(document, first, end.line);
}

/** The range of whole lines, both included. */
export function linesOf(document: vscode.TextDocument, first: number, last: number): vscode.Range {
  return new vscode.Range(new vscode.Position(first, 0), document.lineAt(last).range.end);
}

/** True for a comment or a decorator, which belongs to the declaration below it. */
function isAbove(line: string): boolean {
  const text = line.trim();
  return text !== '' && (commentText(text) !== undefined || /^(?:\*|\/\*|@\p{L}|#\[)/u.test(text));
}
