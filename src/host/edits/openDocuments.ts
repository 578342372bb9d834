import * as vscode from 'vscode';
import { activeCell, openCells } from '../documents/codeCellsOf';

/** URI schemes of documents that VS Code or an extension shows and that the user does not edit. */
const readOnlySchemes: ReadonlySet<string> = new Set([
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

/** True for a document that the user can edit, by its URI scheme. */
export function isDocumentOfUser(uri: vscode.Uri): boolean {
  return !readOnlySchemes.has(uri.scheme);
}

/** The active document: the selected notebook cell or the file in the active editor. */
export function activeDocument(): vscode.Uri | undefined {
  return activeCell() ?? vscode.window.activeTextEditor?.document.uri;
}

/** The editable documents of all tabs, including notebook cells, without duplicates. The active one comes first. */
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
