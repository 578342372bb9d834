import * as vscode from 'vscode';

/** Symbols that can be called, and other symbols with a body. */
const callable: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
]);
const others: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Struct,
]);

/** A function or a type of a document. */
interface EnclosingSymbol {
  readonly name: string;
  readonly range: vscode.Range;
  /** True for a function, a method or a constructor. */
  readonly isCallable: boolean;
}

/** Finds the innermost function or type around a position. Rejects if the language's extension fails. */
export async function findEnclosingSymbol(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<EnclosingSymbol | undefined> {
  const symbols = await vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  let found: EnclosingSymbol | undefined;
  const visit = (candidates: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): void => {
    for (const symbol of candidates) {
      const range = 'location' in symbol ? symbol.location.range : symbol.range;
      if (!range.contains(position)) continue;
      const isCallable = callable.has(symbol.kind);
      const hasBody = isCallable || others.has(symbol.kind);
      if (hasBody && (found === undefined || found.range.contains(range)))
        found = { name: symbol.name, range, isCallable };
      if ('children' in symbol) visit(symbol.children);
    }
  };
  visit(symbols ?? []);
  return found;
}
