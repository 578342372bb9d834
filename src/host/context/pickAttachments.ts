import * as vscode from 'vscode';
import type { Attachment } from '../../shared/conversation/attachment';
import { askInput } from '../ui/askInput';
import { folderPath } from '../workspace/workspaceFiles';
import { pictureFromUrl } from './pictureFromBytes';
import { readPicture } from './readAttachment';
import { contextSourceWords } from '../../shared/messages/contextSourceWords';
import { contextSources, type ContextSource } from '../../shared/messages/toView';
import { baseName } from '../../core/text/baseName';

interface AttachItem extends vscode.QuickPickItem {
  readonly attach?: () => Promise<readonly Attachment[]>;
}

/** Turns what the user picked into attachments. The context guard decides about each file. */
interface PickedReader {
  readonly read: (uris: readonly vscode.Uri[]) => Promise<readonly Attachment[]>;
  readonly source: (source: ContextSource) => Promise<readonly Attachment[]>;
}

/**
 * Asks what to attach: a source that `#` offers too, then files, folders and pictures, then the open files.
 *
 * @returns An empty list if the user cancels.
 */
export async function pickAttachments({ read, source }: PickedReader): Promise<readonly Attachment[]> {
  const words = contextSourceWords(vscode.l10n.t);
  const items: AttachItem[] = [
    ...contextSources.map((each) => ({
      label: `$(${words[each].icon}) ${words[each].label}`,
      description: words[each].description,
      attach: () => source(each),
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(file) ${vscode.l10n.t('Choose Files…')}`,
      attach: async () => read(await chooseOnDisk('files')),
    },
    {
      label: `$(folder) ${vscode.l10n.t('Choose Folder…')}`,
      attach: async () => read(await chooseOnDisk('folders')),
    },
    {
      label: `$(file-media) ${vscode.l10n.t('Picture…')}`,
      description: vscode.l10n.t('PNG, JPEG, GIF or WebP, for models with vision'),
      attach: choosePictures,
    },
    {
      label: `$(link) ${vscode.l10n.t('Picture from URL…')}`,
      description: vscode.l10n.t('Downloaded by the gateway'),
      attach: askPictureUrl,
    },
  ];
  const files = openFiles();
  if (files.length > 0)
    items.push({ label: vscode.l10n.t('Open Files'), kind: vscode.QuickPickItemKind.Separator });
  for (const uri of files) {
    items.push({
      label: baseName(uri.path),
      description: folderPath(vscode.workspace.asRelativePath(uri)),
      attach: () => read([uri]),
    });
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Attach'),
    placeHolder: vscode.l10n.t('Select what to attach to the prompt'),
    matchOnDescription: true,
  });
  return (await picked?.attach?.()) ?? [];
}

/** The files in editor tabs, without duplicates; active tabs first. */
function openFiles(): vscode.Uri[] {
  const uris = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .toSorted((left, right) => Number(right.isActive) - Number(left.isActive))
    .flatMap((tab) => (tab.input instanceof vscode.TabInputText ? [tab.input.uri] : []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

async function chooseOnDisk(what: 'files' | 'folders'): Promise<readonly vscode.Uri[]> {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    canSelectFiles: what === 'files',
    canSelectFolders: what === 'folders',
    openLabel: vscode.l10n.t('Attach'),
  });
  return uris ?? [];
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

async function askPictureUrl(): Promise<readonly Attachment[]> {
  const answer = await askInput({
    title: vscode.l10n.t('Picture from URL'),
    prompt: vscode.l10n.t(
      'Enter the URL of a picture. The URL is sent as it is, and the gateway downloads the picture.',
    ),
    placeholder: 'https://example.com/picture.png',
    validate: (value) =>
      pictureFromUrl(value) === undefined ? vscode.l10n.t('Enter an http or https address.') : undefined,
  });
  const picture = answer === undefined ? undefined : pictureFromUrl(answer);
  return picture === undefined ? [] : [picture];
}
