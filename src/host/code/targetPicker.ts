import * as vscode from 'vscode';
import type { Candidate } from './targetFile';

/** What the user chose: a file, a new one, or nothing. */
export type TargetChoice = vscode.Uri | 'new-file' | undefined;

interface Row extends vscode.QuickPickItem {
  readonly choose: () => Promise<TargetChoice>;
}

/** Asks which file a code block goes to. */
export async function pickTarget(candidates: readonly Candidate[]): Promise<TargetChoice> {
  const files = candidates.map(({ uri }): Row => ({
    label: uri.path.split('/').at(-1) ?? uri.path,
    description: vscode.workspace.asRelativePath(uri, true),
    resourceUri: uri,
    iconPath: vscode.ThemeIcon.File,
    choose: () => Promise.resolve(uri),
  }));
  const others: readonly Row[] = [
    {
      label: vscode.l10n.t('Choose File…'),
      iconPath: new vscode.ThemeIcon('folder-opened'),
      choose: chooseFile,
    },
    {
      label: vscode.l10n.t('New File'),
      iconPath: new vscode.ThemeIcon('new-file'),
      choose: () => Promise.resolve('new-file'),
    },
  ];
  const chosen = await vscode.window.showQuickPick<Row | vscode.QuickPickItem>(
    [...files, { label: '', kind: vscode.QuickPickItemKind.Separator }, ...others],
    {
      title: vscode.l10n.t('Apply Code'),
      placeHolder: vscode.l10n.t('Which file does the code belong to?'),
      matchOnDescription: true,
    },
  );
  return chosen !== undefined && 'choose' in chosen ? await chosen.choose() : undefined;
}

async function chooseFile(): Promise<TargetChoice> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    ...(folder === undefined ? {} : { defaultUri: folder }),
    openLabel: vscode.l10n.t('Apply to This File'),
  });
  return chosen?.[0];
}
