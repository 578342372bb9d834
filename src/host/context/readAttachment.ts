import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { hasBinaryName, isBinary, textOfBinary } from '../../core/context/isBinary';
import type { Attachment, CodeAttachment } from '../../shared/conversation/attachment';
import { plainText } from '../ui/plainText';
import { attachFile } from './attachSelections';
import { attachNotebook, isNotebookName } from './attachNotebook';
import { largestPicture, pictureFromBytes } from './pictureFromBytes';

/** The largest file that is read, in bytes. VS Code's own limit for extensions is slightly higher. */
const largestFile = 20 * 1024 * 1024;

/** How much of a binary file is searched for text, in bytes. */
const mostSearched = 1024 * 1024;

/** An attachment, or a sentence that tells the user why the file cannot be attached. */
export type ReadResult = Attachment | { readonly problem: string };

/**
 * Reads a file as a text, a notebook or a picture.
 *
 * @param asText `true` attaches the readable text of a binary file; `false` reports a problem for it.
 */
export async function readAttachment(uri: vscode.Uri, asText: boolean): Promise<ReadResult> {
  if (isPictureName(uri)) return await readPicture(uri);
  return await readText(uri, asText);
}

/** True if the name or the content of a file is binary. False for pictures and for files that cannot be read. */
export async function looksBinary(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled' || isPictureName(uri)) return false;
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (!isRegular(type) || size > largestFile) return false;
    return hasBinaryName(uri.path) || isBinary(await vscode.workspace.fs.readFile(uri));
  } catch {
    // `readAttachment` reports the problem.
    return false;
  }
}

/** Reads a picture file of at most `largestPicture` bytes. */
export async function readPicture(uri: vscode.Uri): Promise<ReadResult> {
  const name = plainText(baseName(uri.path));
  try {
    // The size is checked before reading, in case the user chose a large video by mistake.
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (!isRegular(type)) return { problem: vscode.l10n.t("Couldn't read {0}.", name) };
    if (size > largestPicture) {
      return {
        problem: vscode.l10n.t("{0} is larger than 20 MB. Gateways don't accept such pictures.", name),
      };
    }
    const picture = pictureFromBytes(name, await vscode.workspace.fs.readFile(uri));
    return picture ?? { problem: vscode.l10n.t('{0} is not a PNG, JPEG, GIF or WebP picture.', name) };
  } catch {
    return { problem: vscode.l10n.t("Couldn't read {0}.", name) };
  }
}

async function readText(uri: vscode.Uri, asText: boolean): Promise<ReadResult> {
  const name = plainText(vscode.workspace.asRelativePath(uri));
  const notText = { problem: vscode.l10n.t('{0} is not a text file.', name) };
  if (hasBinaryName(uri.path) && !asText) return notText;
  try {
    if (uri.scheme !== 'untitled') {
      const { size, type } = await vscode.workspace.fs.stat(uri);
      if (!isRegular(type)) return { problem: vscode.l10n.t("Couldn't read {0}.", name) };
      if (size > largestFile) return { problem: vscode.l10n.t('{0} is larger than 20 MB.', name) };
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (isBinary(bytes)) return asText ? attachBinary(uri, bytes) : notText;
    }
    if (isNotebookName(uri)) return await readNotebook(uri);
    // The document is read and not the file: it has unsaved changes, and VS Code has decoded it.
    return attachFile(await vscode.workspace.openTextDocument(uri));
  } catch {
    return { problem: vscode.l10n.t("Couldn't read {0}.", name) };
  }
}

/** Reads a notebook's cells without pictures. If VS Code cannot read the notebook, attaches the file's JSON. */
async function readNotebook(uri: vscode.Uri): Promise<CodeAttachment> {
  try {
    return await attachNotebook(uri);
  } catch {
    // The file is damaged, or no notebook extension is enabled.
    return attachFile(await vscode.workspace.openTextDocument(uri));
  }
}

/** Attaches the readable text of a binary file. */
function attachBinary(uri: vscode.Uri, bytes: Uint8Array): CodeAttachment {
  const { text, truncated } = textOfBinary(new TextDecoder().decode(bytes.subarray(0, mostSearched)));
  return {
    kind: 'code',
    id: crypto.randomUUID(),
    scope: 'file',
    name: baseName(uri.path),
    path: vscode.workspace.asRelativePath(uri),
    uri: uri.toString(),
    languageId: 'plaintext',
    startLine: 1,
    endLine: text.split('\n').length,
    text,
    truncated: truncated || bytes.length > mostSearched,
  };
}

function isPictureName({ path }: vscode.Uri): boolean {
  return /\.(?:png|jpe?g|gif|webp)$/i.test(path);
}

/** False for devices and pipes: reading them may never end. */
function isRegular(type: vscode.FileType): boolean {
  return (type & vscode.FileType.File) !== 0;
}
