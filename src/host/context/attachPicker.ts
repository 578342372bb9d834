import * as vscode from 'vscode';
import type { Attachment } from '../../shared/attachment';
import { askInput } from '../inputBox';
import { largestPicture, pictureFromBytes, pictureFromUrl } from './picture';
import { attachFile, attachSelections } from '../selection';

interface AttachItem extends vscode.QuickPickItem {
  readonly attach?: () => Promise<readonly Attachment[]>;
}

/** Asks what to attach: what is selected, an open file, files of the disk, or pictures. */
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
  items.push(
    {
      label: `$(device-camera) ${vscode.l10n.t('Picture…')}`,
      description: vscode.l10n.t('PNG, JPEG, GIF or WebP, for models that can see'),
      attach: choosePictures,
    },
    {
      label: `$(link) ${vscode.l10n.t('Picture from URL…')}`,
      description: vscode.l10n.t('The gateway fetches it itself'),
      attach: askPictureUrl,
    },
  );
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

async function choosePictures(): Promise<readonly Attachment[]> {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    filters: { [vscode.l10n.t('Pictures')]: ['png', 'jpg', 'jpeg', 'gif', 'webp'] },
  });
  const attachments: Attachment[] = [];
  for (const uri of uris ?? []) {
    const attachment = await readPicture(uri);
    if ('kind' in attachment) attachments.push(attachment);
    else void vscode.window.showWarningMessage(attachment.problem);
  }
  return attachments;
}

/** A picture of the disk, or a sentence that says why it cannot be attached. */
async function readPicture(uri: vscode.Uri): Promise<Attachment | { readonly problem: string }> {
  const name = uri.path.split('/').at(-1) ?? uri.path;
  try {
    // Asked first: a film chosen by mistake need not be read to be refused.
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largestPicture) {
      return { problem: vscode.l10n.t('{0} is larger than 20 MB, more than gateways take.', name) };
    }
    const picture = pictureFromBytes(name, await vscode.workspace.fs.readFile(uri));
    return picture ?? { problem: vscode.l10n.t('{0} is no PNG, JPEG, GIF or WebP picture.', name) };
  } catch {
    return { problem: vscode.l10n.t('{0} cannot be read.', name) };
  }
}

async function askPictureUrl(): Promise<readonly Attachment[]> {
  const answer = await askInput({
    title: vscode.l10n.t('Picture from URL'),
    prompt: vscode.l10n.t('The address of a picture. It is sent as it is, and the gateway fetches it.'),
    placeholder: 'https://example.com/picture.png',
    validate: (value) =>
      pictureFromUrl(value) === undefined ? vscode.l10n.t('That is no http or https address.') : undefined,
  });
  const picture = answer === undefined ? undefined : pictureFromUrl(answer);
  return picture === undefined ? [] : [picture];
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
