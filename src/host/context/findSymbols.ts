import * as vscode from 'vscode';
import { findIn } from '../workspace/findIn';
import { withinTime } from '../workspace/withinTime';

/** The longest wait for language servers while the user types, in milliseconds. */
const patience = 700;

/** A symbol that `@` can attach. */
export interface ListedSymbol {
  readonly kind: 'symbol';
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly path: string;
  readonly range: vscode.Range;
}

/** Finds symbols of the active document and of the workspace, best first. Empty for a query shorter than two characters. */
export async function findSymbols(query: string, limit: number): Promise<readonly ListedSymbol[]> {
  if (query.length < 2) return [];
  const active = vscode.window.activeTextEditor?.document;
  const [own, others] = await Promise.all([
    active === undefined ? [] : documentSymbols(active.uri),
    withinTime(
      vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(
        'vscode.executeWorkspaceSymbolProvider',
        query,
      ),
      patience,
      [],
    ),
  ]);
  const symbols = [
    ...own,
    // Language servers list thousands of symbols for a short query, with the best ones first.
    ...(others ?? []).slice(0, 500).map(({ name, location }) => listed(name, location.uri, location.range)),
  ];
  const unique = new Map(
    symbols.map((symbol) => [`${symbol.uri.toString()}#${symbol.range.start.line}`, symbol]),
  );
  return findIn([...unique.values()])(query, limit);
}

/**
 * Finds the whole range of a symbol, from its first to its last line. Some language servers list only the range of the symbol's
 * name in the workspace; the document's symbols have the whole range.
 */
export async function wholeRange({ uri, name, range }: ListedSymbol): Promise<vscode.Range> {
  const candidates = (await documentSymbols(uri)).filter(
    (symbol) => symbol.name === name && symbol.range.contains(range.start),
  );
  const inner = candidates.reduce<ListedSymbol | undefined>(
    (best, symbol) => (best === undefined || best.range.contains(symbol.range) ? symbol : best),
    undefined,
  );
  const found = inner?.range ?? range;
  return new vscode.Range(found.start.line, 0, found.end.line, Number.MAX_SAFE_INTEGER);
}

async function documentSymbols(uri: vscode.Uri): Promise<ListedSymbol[]> {
  const symbols = await withinTime(
    vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    ),
    patience,
    [],
  );
  const flatten = (level: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): ListedSymbol[] =>
    level.flatMap((symbol) => [
      listed(symbol.name, uri, 'location' in symbol ? symbol.location.range : symbol.range),
      ...('children' in symbol ? flatten(symbol.children) : []),
    ]);
  return flatten(symbols ?? []);
}

function listed(name: string, uri: vscode.Uri, range: vscode.Range): ListedSymbol {
  return {
    kind: 'symbol',
    uri,
    name,
    range,
    path: `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`,
  };
}
