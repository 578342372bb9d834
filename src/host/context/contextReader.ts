import * as vscode from 'vscode';
import type { NamedBy } from '../../core/context/decideAboutFile';
import type { Attachment } from '../../shared/conversation/attachment';
import { plainText } from '../ui/plainText';
import { attachRange } from './attachSelections';
import type { Found } from './contextFinder';
import type { ContextGuard } from '../workspace/contextGuard';
import { looksBinary, readAttachment, type ReadResult } from './readAttachment';
import type { FolderReader } from './folderReader';
import { findRealPlace } from '../workspace/findRealPlace';
import { wholeRange } from './findSymbols';

/** Reads files, folders and symbols that the guard admits. A notification tells the user why something cannot be attached. */
export class ContextReader {
  constructor(
    private readonly guard: ContextGuard,
    private readonly folders: FolderReader,
  ) {}

  /** Reads files and folders, in the order given. */
  async readAll(uris: readonly vscode.Uri[], namedBy: NamedBy): Promise<readonly Attachment[]> {
    const attachments: Attachment[] = [];
    // One after the other, because each may ask the user a question.
    for (const uri of uris) {
      const result = await this.readOne(uri, namedBy);
      if (result === undefined) continue;
      if ('kind' in result) attachments.push(result);
      else void vscode.window.showWarningMessage(result.problem);
    }
    return attachments;
  }

  /** Reads an entry of the `@` list. Asks the user about files that are hidden. */
  async readFound(found: Found): Promise<readonly Attachment[]> {
    if (found.kind !== 'symbol') return await this.readAll([found.uri], 'page');
    if (!(await this.guard.admits(found.uri, 'listing'))) return [];
    try {
      const document = await vscode.workspace.openTextDocument(found.uri);
      const range = document.validateRange(await wholeRange(found));
      const attachment = attachRange(document, range, 'symbol', found.name);
      return (await this.guard.admits(found.uri, 'listing')) ? [attachment] : [];
    } catch {
      void vscode.window.showWarningMessage(vscode.l10n.t("Couldn't read {0}.", plainText(found.path)));
      return [];
    }
  }

  /**
   * Reads one file or folder; undefined if it must not be attached. A symbolic link may change while it is read. The result is
   * refused then, because the guard did not admit that file.
   */
  private async readOne(uri: vscode.Uri, namedBy: NamedBy): Promise<ReadResult | undefined> {
    const before = await findRealPlace(uri);
    const asText = await this.admit(uri, namedBy, before.outside);
    if (asText === undefined) return undefined;
    const result = await this.read(uri, asText);
    const after = await findRealPlace(uri);
    if (after.uri.toString() === before.uri.toString() && after.outside === before.outside) return result;
    return {
      problem: vscode.l10n.t("Couldn't read {0}.", plainText(vscode.workspace.asRelativePath(uri))),
    };
  }

  /** Returns undefined if the file must not be attached; otherwise whether it is a binary file that is read as text. */
  private async admit(uri: vscode.Uri, namedBy: NamedBy, outside: boolean): Promise<boolean | undefined> {
    if (namedBy === 'listing') return (await this.guard.admits(uri, namedBy)) ? false : undefined;
    // A file outside the workspace that only the webview named is not touched before the user agrees.
    const looksFirst = namedBy !== 'page' || !outside;
    // Only listed files of a folder are attached, so there is no question about hidden files.
    const named = looksFirst && (await isFolder(uri)) ? 'editor' : namedBy;
    const binary = looksFirst && (await looksBinary(uri));
    if (!(await this.guard.admits(uri, named, binary))) return undefined;
    if (looksFirst || !(await looksBinary(uri))) return binary;
    return (await this.guard.admitsBinary(uri)) ? true : undefined;
  }

  private async read(uri: vscode.Uri, asText: boolean): Promise<ReadResult> {
    if (!(await isFolder(uri))) return await readAttachment(uri, asText);
    const folder = await this.folders.read(uri);
    return (
      folder ?? {
        problem: vscode.l10n.t(
          'No files in {0} can be attached. Hidden files, binary files and files that may contain secrets are left out.',
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
    // The path is missing. Reading it reports the problem.
    return false;
  }
}
