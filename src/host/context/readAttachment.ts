import * as vscode from 'vscode';
import { hasBinaryName, isBinary } from '../../core/context/isBinary';
import { textOfBinary } from '../../core/context/textOfBinary';
import type { Attachment, CodeAttachment } from '../../shared/conversation/attachment';
import { plainText } from '../ui/plainText';
import { attachFile } from './attachSelections';
import { attachNotebook, isNotebookName } from './attachNotebook';
import { largestPicture, pictureFromBytes } from './largestPicture';

/** In bytes. VS Code itself refuses a little more, and nobody means such a file. */
const largestFile = 20 * 1024 * 1024;

/** How much of a file that is no text is searched for some, in bytes. */
const lookedAt = 1024 * 1024;

/** A file as an attachment, or a sentence that says why it cannot be one. */
export type ReadResult = Attachment | { readonly problem: string };

/**
 * Reads a text or a picture, whichever it is.
 *
 * @param asText Whether a file that is neither is read as the text that it is not.
 */
export async function readAttachment(uri: vscode.Uri, asText: boolean): Promise<ReadResult> {
  if (isPictureName(uri)) return await readPicture(uri);
  return await readText(uri, asText);
}

/** Whether a file is neither a text nor a picture, as its name or else its bytes say; false when it cannot be read at all. */
export async function looksBinary(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled' || isPictureName(uri)) return false;
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (!isRegular(type) || size > largestFile) return false;
    return hasBinaryName(uri.path) || isBinary(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Reading it says what is wrong with it.
    return false;
  }
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

async function readText(uri: vscode.Uri, asText: boolean): Promise<ReadResult> {
  const name = plainText(vscode.workspace.asRelativePath(uri));
  const notText = { problem: vscode.l10n.t('{0} is not a text file.', name) };
  if (hasBinaryName(uri.path) && !asText) return notText;
  try {
    if (uri.scheme !== 'untitled') {
      const { size, type } = await vscode.workspace.fs.stat(uri);
      if (!isRegular(type)) return { problem: vscode.l10n.t('{0} cannot be read.', name) };
      if (size > largestFile) return { problem: vscode.l10n.t('{0} is larger than 20 MB.', name) };
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (isBinary(bytes)) return asText ? attachBinary(uri, bytes) : notText;
    }
    if (isNotebookName(uri)) return await readNotebook(uri);
    // By the document, and not the bytes: what is typed but not saved counts, and VS Code knows the encoding.
    return attachFile(await vscode.workspace.openTextDocument(uri));
  } catch {
    return { problem: vscode.l10n.t('{0} cannot be read.', name) };
  }
}

/** Without its pictures; as the JSON that it is where VS Code cannot read it as a notebook. */
async function readNotebook(uri: vscode.Uri): Promise<CodeAttachment> {
  try {
    return await attachNotebook(uri);
  } catch {
    // Damaged, or no extension for notebooks is turned on.
    return attachFile(await vscode.workspace.openTextDocument(uri));
  }
}

/** What can be read of a file that is no text. */
function attachBinary(uri: vscode.Uri, bytes: Uint8Array): CodeAttachment {
  const { text, truncated } = textOfBinary(new TextDecoder().decode(bytes.subarray(0, lookedAt)));
  return {
    kind: 'code',
    id: crypto.randomUUID(),
    scope: 'file',
    name: uri.path.split('/').at(-1) ?? uri.path,
    path: vscode.workspace.asRelativePath(uri),
    uri: uri.toString(),
    languageId: 'plaintext',
    startLine: 1,
    endLine: text.split('\n').length,
    text,
    truncated: truncated || bytes.length > lookedAt,
  };
}

function isPictureName({ path }: vscode.Uri): boolean {
  return /\.(?:png|jpe?g|gif|webp)$/i.test(path);
}

/** A device has no end, and a pipe no beginning: reading them never returns. */
function isRegular(type: vscode.FileType): boolean {
  return (type & vscode.FileType.File) !== 0;
}
