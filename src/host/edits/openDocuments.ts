import * as vscode from 'vscode';
import { activeCell, openCells } from '../documents/codeCellsOf';
import { isDocumentOfUser } from '../documents/isDocumentOfUser';

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
