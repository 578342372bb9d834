import * as vscode from 'vscode';
import { activeCell, openCells } from './codeCellsOf';

/** Documents that VS Code or an extension shows, and nobody writes into. */
const shownOnly: ReadonlySet<string> = new Set([
  'output',
  'git',
  'gitfs',
  'review',
  'search-editor',
  'comment',
  'debug',
  'vscode',
  'vscode-settings',
  'vscode-local-history',
  'walkThrough',
  'parley-proposed',
]);

/** Whether a document is one that a user works on. */
export function isDocumentOfUser(uri: vscode.Uri): boolean {
  return !shownOnly.has(uri.scheme);
}

/** The document that the user works in: a file, or a cell of a notebook. */
export function activeDocument(): vscode.Uri | undefined {
  return activeCell() ?? vscode.window.activeTextEditor?.document.uri;
}

/** The text documents in all tabs, the cells of notebooks among them; the active one first. */
export function openDocuments(): readonly vscode.Uri[] {
  const active = activeDocument();
  const tabs = vscode.window.tabGroups.all
    .flatMap(({ tabs: ofGroup }) => ofGroup)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const visible = vscode.window.visibleTextEditors.map(({ document }) => document.uri);
  const all = [...(active === undefined ? [] : [active]), ...visible, ...tabs, ...openCells()].filter(
    isDocumentOfUser,
  );
  return [...new Map(all.map((uri) => [uri.toString(), uri])).values()];
}
