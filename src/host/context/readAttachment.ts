import * as vscode from 'vscode';
import { hasBinaryName, isBinary } from '../../core/context/binaryContent';
import type { Attachment } from '../../shared/attachment';
import { plainText } from '../plainText';
import { attachFile } from '../selection';
import { largestPicture, pictureFromBytes } from './picture';

/** In bytes. VS Code itself refuses a little more, and nobody means such a file. */
const largestFile = 20 * 1024 * 1024;

/** A file as an attachment, or a sentence that says why it cannot be one. */
export type ReadResult = Attachment | { readonly problem: string };

/** Reads a text or a picture, whichever it is. */
export async function readAttachment(uri: vscode.Uri): Promise<ReadResult> {
  if (/\.(?:png|jpe?g|gif|webp)$/i.test(uri.path)) return await readPicture(uri);
  return await readText(uri);
}

/** Reads a picture of the disk. */
export async function readPicture(uri: vscode.Uri): Promise<ReadResult> {
  const name = plainText(uri.path.split('/').at(-1) ?? uri.path);
  try {
    // Asked first: a film chosen by mistake need not be read to be refused.
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (!isRegular(type)) return { problem: vscode.l10n.t('{0} cannot be read.', name) };
    if (size > largestPicture) {
      return { problem: vscode.l10n.t('{0} is larger than 20 MB, more than gateways take.', name) };
    }
    const picture = pictureFromBytes(name, await vscode.workspace.fs.readFile(uri));
    return picture ?? { problem: vscode.l10n.t('{0} is no PNG, JPEG, GIF or WebP picture.', name) };
  } catch {
    return { problem: vscode.l10n.t('{0} cannot be read.', name) };
  }
}

async function readText(uri: vscode.Uri): Promise<ReadResult> {
  const name = plainText(vscode.workspace.asRelativePath(uri));
  const notText = { problem: vscode.l10n.t('{0} is not a text file.', name) };
  if (hasBinaryName(uri.path)) return notText;
  try {
    if (uri.scheme !== 'untitled') {
      const { size, type } = await vscode.workspace.fs.stat(uri);
      if (!isRegular(type)) return { problem: vscode.l10n.t('{0} cannot be read.', name) };
      if (size > largestFile) return { problem: vscode.l10n.t('{0} is larger than 20 MB.', name) };
      if (isBinary(await vscode.workspace.fs.readFile(uri))) return notText;
    }
    // By the document, and not the bytes: what is typed but not saved counts, and VS Code knows the encoding.
    return attachFile(await vscode.workspace.openTextDocument(uri));
  } catch {
    return { problem: vscode.l10n.t('{0} cannot be read.', name) };
  }
}

/** A device has no end, and a pipe no beginning: reading them never returns. */
function isRegular(type: vscode.FileType): boolean {
  return (type & vscode.FileType.File) !== 0;
}
