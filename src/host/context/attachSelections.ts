import * as vscode from 'vscode';
import { cutText } from '../../core/context/cutText';
import type { CodeAttachment } from '../../shared/conversation/attachment';

/** A piece of code longer than this, in characters, is cut at a line's end: more hardly helps and always costs. */
const longestPiece = 60_000;

/** Without a selection, a file of more lines or characters than these is not taken whole. */
const mostLines = 300;
const mostCharacters = 20_000;
/** Then so many lines before the cursor and after it are taken. */
const linesAround = 100;

/** What to look at when nothing is selected: symbols that hold code of their own. */
const explainable: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Struct,
]);

/** The selections of an editor as attachments, in the file's order; empty when nothing is selected. */
export function attachSelections(editor: vscode.TextEditor): CodeAttachment[] {
  return editor.selections
    .filter((selection) => !selection.isEmpty)
    .toSorted((left, right) => left.start.compareTo(right.start))
    .map((selection) =>
      attachRange(editor.document, withoutEmptyLastLine(selection), 'selection', fileName(editor.document)),
    );
}

/** What is selected; else the innermost function or type around the cursor; else the file; of a long one what is around the cursor. */
export async function attachSubject(editor: vscode.TextEditor): Promise<CodeAttachment[]> {
  const selections = attachSelections(editor);
  if (selections.length > 0) return selections;
  const { document } = editor;
  const cursor = editor.selection.active;
  const symbol = await findEnclosingSymbol(document, cursor);
  // Of a symbol that is too long, its beginning may be far from the cursor.
  if (symbol !== undefined && document.getText(symbol.range).length <= longestPiece)
    return [attachRange(document, symbol.range, 'symbol', symbol.name)];
  const isShort = document.lineCount <= mostLines && document.getText().length <= mostCharacters;
  if (isShort) return [attachFile(document)];
  return [attachRange(document, rangeAround(document, cursor), 'selection', fileName(document))];
}

/** The lines around a position; fewer when they are long, and of a line that is too long alone what is around its column. */
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

/** A whole file as an attachment, up to the limit. */
export function attachFile(document: vscode.TextDocument): CodeAttachment {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return attachRange(document, new vscode.Range(new vscode.Position(0, 0), end), 'file', fileName(document));
}

/** A piece of a document as an attachment, up to the limit. */
export function attachRange(
  document: vscode.TextDocument,
  range: vscode.Range,
  scope: CodeAttachment['scope'],
  name: string,
): CodeAttachment {
  const whole = document.getText(range);
  const text = cutText(whole, longestPiece);
  const startLine = range.start.line + 1;
  const lineBreaks = text.split('\n').length - 1 - (text.endsWith('\n') ? 1 : 0);
  return {
    kind: 'code',
    id: crypto.randomUUID(),
    scope,
    name,
    path: vscode.workspace.asRelativePath(document.uri),
    uri: document.uri.toString(),
    languageId: document.languageId,
    startLine,
    endLine: startLine + lineBreaks,
    text,
    truncated: text.length < whole.length,
  };
}

/** A selection of whole lines ends before the first character of the next; that line is not part of it. */
function withoutEmptyLastLine(selection: vscode.Selection): vscode.Range {
  const { start, end } = selection;
  if (end.character > 0 || end.line === start.line) return selection;
  return new vscode.Range(start, new vscode.Position(end.line - 1, Number.MAX_SAFE_INTEGER));
}

function fileName(document: vscode.TextDocument): string {
  return document.uri.path.split('/').at(-1) ?? document.uri.path;
}

async function findEnclosingSymbol(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<{ readonly name: string; readonly range: vscode.Range } | undefined> {
  const symbols = await vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  let found: { readonly name: string; readonly range: vscode.Range } | undefined;
  const visit = (candidates: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): void => {
    for (const symbol of candidates) {
      const range = 'location' in symbol ? symbol.location.range : symbol.range;
      if (!range.contains(position)) continue;
      if (explainable.has(symbol.kind) && (found === undefined || found.range.contains(range))) {
        found = { name: symbol.name, range };
      }
      if ('children' in symbol) visit(symbol.children);
    }
  };
  visit(symbols ?? []);
  return found;
}
