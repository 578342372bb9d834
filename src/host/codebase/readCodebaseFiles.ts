import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { mapConcurrently } from '../../storage/files/mapConcurrently';
import type { ListedEntry } from '../workspace/workspaceFiles';

/** The largest file that is indexed, in bytes. A larger text file is mostly data or generated. */
export const largestIndexedFile = 400_000;

/** The most files that are indexed. */
const mostIndexedFiles = 40_000;

/** A file that can be indexed. */
export interface CodebaseFile {
  readonly uri: vscode.Uri;
  /** The path that VS Code shows. */
  readonly path: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** Looks up size and time of listed files. Leaves out missing, empty and large files. */
export async function readCodebaseFiles(entries: readonly ListedEntry[]): Promise<CodebaseFile[]> {
  const files = await mapConcurrently(entries.slice(0, mostIndexedFiles), 32, async ({ uri, path }) => {
    const facts = await factsOf(uri);
    return facts && { uri, path, ...facts };
  });
  return files.filter(
    (file) => file !== undefined && file.size > 0 && file.size <= largestIndexedFile,
  ) as CodebaseFile[];
}

async function factsOf(uri: vscode.Uri): Promise<Pick<CodebaseFile, 'size' | 'modifiedAt'> | undefined> {
  try {
    if (uri.scheme === 'file') {
      const { size, mtimeMs } = await stat(uri.fsPath);
      return { size, modifiedAt: mtimeMs };
    }
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    return { size, modifiedAt: mtime };
  } catch {
    // The file was deleted in the meantime, or cannot be read: it is not indexed.
    return undefined;
  }
}
