import * as vscode from 'vscode';
import type { NamedBy } from '../../core/context/contextGuard';
import type { Attachment } from '../../shared/attachment';
import { plainText } from '../plainText';
import { attachRange } from '../selection';
import type { Found } from './contextFinder';
import type { ContextGuard } from './contextGuard';
import { readAttachment, type ReadResult } from './readAttachment';
import type { FolderReader } from './readFolder';
import { findRealPlace } from './realPlace';
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
      const result = await this.readOne(uri, namedBy);
      if (result === undefined) continue;
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
      const attachment = attachRange(document, range, 'symbol', found.name);
      return (await this.guard.admits(found.uri, 'listing')) ? [attachment] : [];
    } catch {
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} cannot be read.', plainText(found.path)));
      return [];
    }
  }

  /** Undefined when it may not go along. What a link leads to may change while it is read: then it was not what was admitted. */
  private async readOne(uri: vscode.Uri, namedBy: NamedBy): Promise<ReadResult | undefined> {
    const before = await findRealPlace(uri);
    if (!(await this.guard.admits(uri, namedBy))) return undefined;
    const result = await this.read(uri);
    const after = await findRealPlace(uri);
    if (after.uri.toString() === before.uri.toString() && after.outside === before.outside) return result;
    return {
      problem: vscode.l10n.t('{0} cannot be read.', plainText(vscode.workspace.asRelativePath(uri))),
    };
  }

  private async read(uri: vscode.Uri): Promise<ReadResult> {
    if (!(await isFolder(uri))) return await readAttachment(uri);
    const folder = await this.folders.read(uri);
    return (
      folder ?? {
        problem: vscode.l10n.t(
          'Nothing in {0} can go along: hidden files, binary files and those that may hold secrets are left out.',
          plainText(vscode.workspace.asRelativePath(uri)),
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
