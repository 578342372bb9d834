import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { cellOf } from '../documents/codeCellsOf';
import { proposalScheme } from './proposalFiles';

/** A unique URI that ends with the document's path, which the breadcrumbs show. */
export function newProposalUri(of: vscode.Uri): vscode.Uri {
  const cell = cellOf(of);
  const file = cell?.notebook.uri ?? of;
  const isInside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  const own = isInside ? vscode.workspace.asRelativePath(file) : baseName(file.path);
  // VS Code would open a path that ends in .ipynb as a notebook.
  const path = cell === undefined ? own : `${own} ${cell.index + 1}`;
  const id = crypto.randomUUID().replaceAll('-', '');
  return vscode.Uri.from({ scheme: proposalScheme, authority: id, path: `/${path}` });
}
