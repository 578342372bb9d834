import * as vscode from 'vscode';
import { cellOf, codeCellsOf, isNotebookFile } from '../documents/codeCellsOf';
import type { Candidate } from './findCandidates';
import { baseName } from '../../core/text/baseName';

/** What the user chose: a document, a new file, or a new cell of a notebook. Undefined if the user cancelled. */
export type TargetChoice = vscode.Uri | 'new-file' | { readonly newCellIn: vscode.Uri } | undefined;

interface Row extends vscode.QuickPickItem {
  readonly choose: () => Promise<TargetChoice>;
}

/**
 * Asks which file a code block goes to.
 *
 * @param candidates The files and cells to list, best first.
 * @param newFile A file that the block names and that does not exist yet. It is listed first.
 */
export async function pickTarget(
  candidates: readonly Candidate[],
  newFile?: vscode.Uri,
): Promise<TargetChoice> {
  const files = candidates.map(({ uri }) => rowOf(uri));
  const cells = candidates.map(({ uri }) => cellOf(uri)).filter((cell) => cell !== undefined);
  const notebooks = new Map(cells.map(({ notebook }) => [notebook.uri.toString(), notebook.uri]));
  const create: Row = {
    label:
      newFile === undefined
        ? vscode.l10n.t('New File')
        : vscode.l10n.t('Create {0}', vscode.workspace.asRelativePath(newFile)),
    iconPath: new vscode.ThemeIcon('new-file'),
    choose: () => Promise.resolve('new-file'),
  };
  const others: readonly Row[] = [
    {
      label: vscode.l10n.t('Choose File…'),
      iconPath: new vscode.ThemeIcon('folder-opened'),
      choose: chooseFile,
    },
    ...(newFile === undefined ? [create] : []),
  ];
  const chosen = await vscode.window.showQuickPick<Row | vscode.QuickPickItem>(
    [
      ...(newFile === undefined ? [] : [create]),
      ...files,
      ...[...notebooks.values()].map(newCellRow),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      ...others,
    ],
    {
      title: vscode.l10n.t('Apply Code'),
      placeHolder: vscode.l10n.t('Select the file for the code'),
      matchOnDescription: true,
    },
  );
  return chosen !== undefined && 'choose' in chosen ? await chosen.choose() : undefined;
}

function rowOf(uri: vscode.Uri): Row {
  const cell = cellOf(uri);
  const row = {
    description: vscode.workspace.asRelativePath(cell?.notebook.uri ?? uri, true),
    iconPath: vscode.ThemeIcon.File,
    choose: () => Promise.resolve(uri),
  };
  if (cell === undefined) return { ...row, label: baseName(uri.path), resourceUri: uri };
  return {
    ...row,
    label: vscode.l10n.t('{0}, Cell {1}', baseName(uri.path), cell.index + 1),
    detail: cell.document.getText().trim().split('\n', 1)[0]?.slice(0, 200) ?? '',
    iconPath: new vscode.ThemeIcon('notebook'),
  };
}

function newCellRow(notebook: vscode.Uri): Row {
  return {
    label: vscode.l10n.t('New Cell in {0}', baseName(notebook.path)),
    description: vscode.workspace.asRelativePath(notebook, true),
    iconPath: new vscode.ThemeIcon('add'),
    choose: () => Promise.resolve({ newCellIn: notebook }),
  };
}

async function chooseFile(): Promise<TargetChoice> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    ...(folder === undefined ? {} : { defaultUri: folder }),
    openLabel: vscode.l10n.t('Apply to This File'),
  });
  const [file] = chosen ?? [];
  if (file === undefined || !isNotebookFile(file)) return file;
  const cells = (await codeCellsOf(file)).map(rowOf);
  const row = await vscode.window.showQuickPick([...cells, newCellRow(file)], {
    title: vscode.l10n.t('Apply Code'),
    placeHolder: vscode.l10n.t('Select the cell for the code'),
  });
  return await row?.choose();
}
