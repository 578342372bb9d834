import * as vscode from 'vscode';
import { isBinary } from '../../core/context/isBinary';
import { newFileDiff } from '../../core/context/diffText';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import type { Repository } from './gitApi';

/** `Status.UNTRACKED` of the Git extension's API. */
const untrackedStatus = 7;
/** The most new files whose content is read. An unignored build folder may have thousands. */
const mostNewFiles = 200;
/** The most that is read of all new files together, in UTF-16 units. The attachment is cut to much less. */
const mostNewText = 2_000_000;
/** The largest new file that is read, in bytes. */
const largestNewFile = 500_000;

/** A diff that adds the untracked files. Binary files, large files and files beyond the limits are only named. */
export async function untrackedDiff({ rootUri, state }: Repository): Promise<string> {
  const changes = [
    ...state.workingTreeChanges.filter(({ status }) => status === untrackedStatus),
    ...(state.untrackedChanges ?? []),
  ];
  const uris = [...new Map(changes.map(({ uri }) => [uri.toString(), uri])).values()];
  const sections: string[] = [];
  let left = mostNewText;
  for (const [index, uri] of uris.entries()) {
    const path = uri.path.slice(rootUri.path.length + 1);
    // A file that may hold secrets is not read. Its name is enough: `describeChanges` leaves the section out and reports it.
    const mayRead = index < mostNewFiles && left > 0 && !mayHoldSecrets(path);
    const text = mayRead ? await readNewText(uri, Math.min(left, largestNewFile)) : undefined;
    if (text !== undefined) left -= text.length;
    sections.push(
      text === undefined
        ? `diff --git a/${path} b/${path}\nnew file, its content is left out\n`
        : newFileDiff(path, text),
    );
  }
  return sections.join('');
}

/** Returns undefined for a binary file, a file larger than `limit` bytes, a symbolic link, or an unreadable file. */
async function readNewText(uri: vscode.Uri, limit: number): Promise<string | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > limit) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (isBinary(bytes)) return undefined;
    return await vscode.workspace.decode(bytes, { uri });
  } catch {
    // The file is gone or unreadable. Only its name is listed.
    return undefined;
  }
}
