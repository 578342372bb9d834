import * as vscode from 'vscode';
import type { Attachment } from '../shared/attachment';
import { attachFile, attachSelections } from './selection';

interface AttachItem extends vscode.QuickPickItem {
  readonly attach?: () => Promise<readonly Attachment[]>;
}

/** Asks what to attach: what is selected, an open file, or files of the disk. */
export async function pickAttachments(): Promise<readonly Attachment[]> {
  const editor = vscode.window.activeTextEditor;
  const items: AttachItem[] = [];
  if (editor !== undefined && !editor.selection.isEmpty) {
    items.push({
      label: `$(selection) ${vscode.l10n.t('Selection')}`,
      description: vscode.workspace.asRelativePath(editor.document.uri),
      attach: () => Promise.resolve(attachSelections(editor)),
    });
  }
  items.push({
    label: `$(folder-opened) ${vscode.l10n.t('Choose Files…')}`,
    attach: chooseFiles,
  });
  const files = openFiles();
  if (files.length > 0)
    items.push({ label: vscode.l10n.t('Open Files'), kind: vscode.QuickPickItemKind.Separator });
  for (const uri of files) {
    items.push({
      label: uri.path.split('/').at(-1) ?? uri.path,
      description: vscode.workspace.asRelativePath(uri),
      attach: () => readFiles([uri]),
    });
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Attach'),
    placeHolder: vscode.l10n.t('What should go with the prompt?'),
    matchOnDescription: true,
  });
  return (await picked?.attach?.()) ?? [];
}

/** The files that have a tab, the active one first, each once. */
function openFiles(): vscode.Uri[] {
  const uris = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .toSorted((left, right) => Number(right.isActive) - Number(left.isActive))
    .flatMap((tab) => (tab.input instanceof vscode.TabInputText ? [tab.input.uri] : []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

async function chooseFiles(): Promise<readonly Attachment[]> {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
  });
  return await readFiles(uris ?? []);
}

async function readFiles(uris: readonly vscode.Uri[]): Promise<readonly Attachment[]> {
  const attachments: Attachment[] = [];
  for (const uri of uris) {
    try {
      attachments.push(attachFile(await vscode.workspace.openTextDocument(uri)));
    } catch {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} is not a text file.', vscode.workspace.asRelativePath(uri)),
      );
    }
  }
  return attachments;
}
