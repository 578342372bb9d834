import * as vscode from 'vscode';
import type { NamedBy } from '../../core/context/contextGuard';
import type { Attachment } from '../../shared/attachment';
import { attachRange } from '../selection';
import type { Found } from './contextFinder';
import type { ContextGuard } from './contextGuard';
import { readAttachment, type ReadResult } from './readAttachment';
import type { FolderReader } from './readFolder';
import { wholeRange } from './symbols';

/** Reads what was named, if the guard admits it; says of each thing that cannot go along why. */
export class ContextReader {
  constructor(
    private readonly guard: ContextGuard,
    private readonly folders: FolderReader,
  ) {}

  /** Files and folders, in their order. */
  async readAll(uris: readonly vscode.Uri[], namedBy: NamedBy): Promise<readonly Attachment[]> {
    const attachments: Attachment[] = [];
    // One after the other: each may ask a question.
    for (const uri of uris) {
      if (!(await this.guard.admits(uri, namedBy))) continue;
      const result = await this.read(uri);
      if ('kind' in result) attachments.push(result);
      else void vscode.window.showWarningMessage(result.problem);
    }
    return attachments;
  }

  /** What `@` listed. It may have been hidden since; then nothing is read. */
  async readFound(found: Found): Promise<readonly Attachment[]> {
    if (found.kind !== 'symbol') return await this.readAll([found.uri], 'listing');
    if (!(await this.guard.admits(found.uri, 'listing'))) return [];
    try {
      const document = await vscode.workspace.openTextDocument(found.uri);
      const range = document.validateRange(await wholeRange(found));
      return [attachRange(document, range, 'symbol', found.name)];
    } catch {
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} cannot be read.', found.path));
      return [];
    }
  }

  private async read(uri: vscode.Uri): Promise<ReadResult> {
    if (!(await isFolder(uri))) return await readAttachment(uri);
    const folder = await this.folders.read(uri);
    return (
      folder ?? {
        problem: vscode.l10n.t(
          'Nothing in {0} can go along: hidden files, binary files and those that may hold secrets are left out.',
          vscode.workspace.asRelativePath(uri),
        ),
      }
    );
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    // What is not there is no folder; reading it says so.
    return false;
  }
}
