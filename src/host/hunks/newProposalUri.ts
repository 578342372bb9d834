import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { cellOf } from '../documents/codeCellsOf';
import { proposalScheme } from './proposalFiles';

/**
 * A unique URI that ends with the document's path.
 *
 * @param isTogether False makes the path relative to the workspace: the breadcrumbs show it. True keeps the whole path, because VS
 *   Code's diff of several files shows another path as a rename.
 */
export function newProposalUri(of: vscode.Uri, isTogether: boolean): vscode.Uri {
  const cell = cellOf(of);
  const file = cell?.notebook.uri ?? of;
  const own = isTogether ? file.path.replace(/^\//, '') : shortPath(file);
  // VS Code would open a path that ends in .ipynb as a notebook.
  const path = cell === undefined ? own : `${own} ${cell.index + 1}`;
  const id = crypto.randomUUID().replaceAll('-', '');
  return vscode.Uri.from({ scheme: proposalScheme, authority: id, path: `/${path}` });
}

function shortPath(file: vscode.Uri): string {
  const isInside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  return isInside ? vscode.workspace.asRelativePath(file) : baseName(file.path);
}
