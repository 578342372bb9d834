import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { cellOf } from '../documents/codeCellsOf';
import { autoExecutionOf } from '../documents/mayWriteTo';
import { plainText } from '../ui/plainText';

/** What the title of a proposal says. */
interface ProposalTitleOptions {
  /** The model that wrote the code; '' if unknown. */
  readonly modelName: string;
  readonly isNew: boolean;
}

/** The title of a diff's tab. It warns if a program runs the file without being asked. */
export async function proposalTitle(uri: vscode.Uri, options: ProposalTitleOptions): Promise<string> {
  const title = titleOf(nameOf(uri), options);
  return (await autoExecutionOf(uri)) === undefined
    ? title
    : vscode.l10n.t('{0} – runs automatically', title);
}

/** The name of a file or of a notebook cell, for a sentence. */
export function nameOf(uri: vscode.Uri): string {
  const cell = cellOf(uri);
  const name = plainText(baseName(uri.path));
  return cell === undefined ? name : vscode.l10n.t('{0}, Cell {1}', name, cell.index + 1);
}

function titleOf(name: string, { modelName, isNew }: ProposalTitleOptions): string {
  if (isNew)
    return modelName === ''
      ? vscode.l10n.t('{0} (New File)', name)
      : vscode.l10n.t('{0} (New File by {1})', name, modelName);
  return modelName === ''
    ? vscode.l10n.t('{0} (Proposed)', name)
    : vscode.l10n.t('{0} (Proposed by {1})', name, modelName);
}
