import * as vscode from 'vscode';
import { cutText } from '../core/context/cutText';
import type { CodeAttachment } from '../shared/attachment';

/** A piece of code longer than this, in characters, is cut at a line's end: more hardly helps and always costs. */
const longestPiece = 60_000;

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

/** What is selected; else the innermost function or type around the cursor; else the file. */
export async function attachSubject(editor: vscode.TextEditor): Promise<CodeAttachment[]> {
  const selections = attachSelections(editor);
  if (selections.length > 0) return selections;
  const symbol = await findEnclosingSymbol(editor.document, editor.selection.active);
  if (symbol !== undefined) return [attachRange(editor.document, symbol.range, 'symbol', symbol.name)];
  return [attachFile(editor.document)];
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
