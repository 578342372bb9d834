import { constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isBinary } from '../../core/context/isBinary';
import { findRealPlace } from './realPlace';

/**
 * Reads a text file that the workspace itself offers: AGENTS.md, a prompt, .gitignore. Undefined when there is none, when it is no
 * regular file (a device never ends, a pipe never begins), larger than `limit` bytes, binary, or leads out of the workspace,
 * even if only while it is being read.
 */
export async function readWorkspaceText(uri: vscode.Uri, limit: number): Promise<string | undefined> {
  const bytes = await readWorkspaceFile(uri, limit);
  return bytes === undefined || isBinary(bytes) ? undefined : await vscode.workspace.decode(bytes, { uri });
}

/** The bytes of such a file, text or not. */
export async function readWorkspaceFile(uri: vscode.Uri, limit: number): Promise<Uint8Array | undefined> {
  const place = await findRealPlace(uri);
  if (place.outside) return undefined;
  try {
    return place.uri.scheme === 'file'
      ? await readOnDisk(uri, place.uri.fsPath, limit)
      : await readElsewhere(uri, limit);
  } catch {
    // Most workspaces have no such file.
    return undefined;
  }
}

/** What was opened is what is in the workspace once it is open: no link that comes between leads astray. */
async function readOnDisk(uri: vscode.Uri, path: string, limit: number): Promise<Uint8Array | undefined> {
  // Windows knows the last two not, where they are undefined and count as 0.
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
