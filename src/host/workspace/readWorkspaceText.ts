import { constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isBinary } from '../../core/context/isBinary';
import { findRealPlace } from './findRealPlace';

/**
 * Reads a text file of the workspace, such as AGENTS.md, a prompt file or .gitignore.
 *
 * @param limit The largest size that is read, in bytes.
 * @returns undefined if the file is missing, larger than `limit`, binary, not a regular file (reading a device or a pipe may
 * never end), or leads out of the workspace, even if that changes while it is read.
 */
export async function readWorkspaceText(uri: vscode.Uri, limit: number): Promise<string | undefined> {
  const bytes = await readWorkspaceFile(uri, limit);
  return bytes === undefined || isBinary(bytes) ? undefined : await vscode.workspace.decode(bytes, { uri });
}

/** Like `readWorkspaceText`, but returns the bytes, and reads binary files too. */
async function readWorkspaceFile(uri: vscode.Uri, limit: number): Promise<Uint8Array | undefined> {
  const place = await findRealPlace(uri);
  if (place.outside) return undefined;
  try {
    return place.uri.scheme === 'file'
      ? await readOnDisk(uri, place.uri.fsPath, limit)
      : await readElsewhere(uri, limit);
  } catch {
    // The file is missing or unreadable.
    return undefined;
  }
}

/**
 * Reads a local file. Opens it first and then checks that the open file is still the one in the workspace, so that a symbolic
 * link that changes in between cannot lead elsewhere.
 */
async function readOnDisk(uri: vscode.Uri, path: string, limit: number): Promise<Uint8Array | undefined> {
  // On Windows the last two constants are undefined, which counts as 0.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const opened = await file.stat();
    if (!opened.isFile() || opened.size > limit) return undefined;
    const place = await findRealPlace(uri);
    if (place.outside || !isSame(opened, await stat(place.uri.fsPath))) return undefined;
    const bytes = await file.readFile();
    return bytes.length > limit ? undefined : bytes;
  } finally {
    await file.close();
  }
}

async function readElsewhere(uri: vscode.Uri, limit: number): Promise<Uint8Array | undefined> {
  const { size, type } = await vscode.workspace.fs.stat(uri);
  if (size > limit || (type & vscode.FileType.File) === 0) return undefined;
  return await vscode.workspace.fs.readFile(uri);
}

function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}
