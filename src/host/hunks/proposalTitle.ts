import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { cellOf } from '../documents/codeCellsOf';
import { autoExecutionOf } from '../documents/mayWriteTo';

/** The position of a proposal among several that are reviewed together. */
export interface ReviewPlace {
  /** Counted from 1. */
  readonly number: number;
  readonly count: number;
}

/** What the title of a proposal says. */
interface ProposalTitleOptions {
  /** The model that wrote the code; '' if unknown. */
  readonly modelName: string;
  readonly isNew: boolean;
  /** Undefined for a single proposal. */
  readonly place: ReviewPlace | undefined;
}

/** The title of a diff's tab. It warns if a program runs the file without being asked. */
export async function proposalTitle(uri: vscode.Uri, options: ProposalTitleOptions): Promise<string> {
  const title = titleOf(nameOf(uri), options);
  const { place } = options;
  const placed =
    place === undefined
      ? title
      : vscode.l10n.t('{0} – {1} of {2}', title, String(place.number), String(place.count));
  return (await autoExecutionOf(uri)) === undefined
    ? placed
    : vscode.l10n.t('{0} – runs automatically', placed);
}

function nameOf(uri: vscode.Uri): string {
  const cell = cellOf(uri);
  return cell === undefined
    ? baseName(uri.path)
    : vscode.l10n.t('{0}, Cell {1}', baseName(uri.path), cell.index + 1);
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
