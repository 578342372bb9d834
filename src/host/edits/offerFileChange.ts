import * as vscode from 'vscode';
import type { FileChange } from '../../core/edits/exact/readFileChange';
import { plainText } from '../ui/plainText';
import { mayWriteTo } from '../documents/mayWriteTo';
import { findFilesOfBlock } from '../workspace/findNamedFiles';

/**
 * Asks before a patch deletes or moves a file of the workspace, and makes the change as one edit of VS Code, which one undo
 * reverts. A message tells the user if the change cannot be made.
 *
 * @returns The URI of the deleted file, or the new URI of the moved file; undefined if the change was not made.
 */
export async function offerFileChange(change: FileChange): Promise<vscode.Uri | undefined> {
  return change.kind === 'move' ? await offerMove(change.from, change.to) : await offerDeletion(change.path);
}

async function offerDeletion(path: string): Promise<vscode.Uri | undefined> {
  const file = await findFile(path);
  if (file === 'cancelled') return undefined;
  const name = plainText(path);
  if (file === undefined) {
    tell(vscode.l10n.t('The patch deletes {0}, but the workspace has no such file.', name));
    return undefined;
  }
  if (tellIfUnsaved(file, path)) return undefined;
  const yes = vscode.l10n.t('Delete File');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('The patch deletes {0}. Delete the file?', relativeName(file)),
    { modal: true, detail: vscode.l10n.t('To restore the file later, run Undo in the Explorer.') },
    yes,
  );
  if (answer !== yes) return undefined;
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(file);
  if (await vscode.workspace.applyEdit(edit)) return file;
  tell(vscode.l10n.t("Couldn't delete {0}.", name));
  return undefined;
}

async function offerMove(from: string, to: string): Promise<vscode.Uri | undefined> {
  const name = plainText(from);
  const newName = plainText(to);
  const file = await findFile(from);
  if (file === 'cancelled') return undefined;
  const places = await findFilesOfBlock(to);
  if (file === undefined) {
    const moved = places.find(({ exists }) => exists)?.uri;
    if (moved === undefined)
      tell(vscode.l10n.t('The patch moves {0} to {1}, but the workspace has no such file.', name, newName));
    return moved;
  }
  const folder = folderOf(file);
  const place = places.find(({ uri }) => folderOf(uri) === folder);
  if (place === undefined) {
    tell(vscode.l10n.t('The patch moves {0} to {1}, which is not a path in the workspace.', name, newName));
    return undefined;
  }
  if (place.exists) {
    tell(vscode.l10n.t('The patch moves {0} to {1}, but that file already exists.', name, newName));
    return undefined;
  }
  if (tellIfUnsaved(file, from)) return undefined;
  const yes = vscode.l10n.t('Move File');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('The patch moves {0} to {1}. Move the file?', relativeName(file), relativeName(place.uri)),
    { modal: true, detail: vscode.l10n.t('To move the file back later, run Undo in the Explorer.') },
    yes,
  );
  if (answer !== yes || !(await mayWriteTo(place.uri, yes))) return undefined;
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(file, place.uri, { overwrite: false });
  if (await vscode.workspace.applyEdit(edit)) return place.uri;
  tell(vscode.l10n.t("Couldn't move {0}.", name));
  return undefined;
}

/** Finds the workspace file with this path. Asks if several folders have one. Undefined if no folder has it. */
async function findFile(path: string): Promise<vscode.Uri | 'cancelled' | undefined> {
  const found = (await findFilesOfBlock(path)).filter(({ exists }) => exists);
  const files = [...new Map(found.map(({ uri }) => [uri.toString(), uri])).values()];
  if (files.length < 2) return files[0];
  const rows = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri, true), uri }));
  const chosen = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Apply Code'),
    placeHolder: vscode.l10n.t('Select the file for the code'),
  });
  return chosen?.uri ?? 'cancelled';
}

/** Returns true if a file has unsaved changes, and tells the user. VS Code would lose them if it deletes the file. */
function tellIfUnsaved(file: vscode.Uri, path: string): boolean {
  const isDirty = vscode.workspace.textDocuments.some(
    (document) => document.isDirty && document.uri.toString() === file.toString(),
  );
  if (isDirty)
    tell(
      vscode.l10n.t(
        'The patch deletes or moves {0}, which has unsaved changes. Save the file, then apply the patch again.',
        plainText(path),
      ),
    );
  return isDirty;
}

function relativeName(uri: vscode.Uri): string {
  return plainText(vscode.workspace.asRelativePath(uri));
}

function folderOf(uri: vscode.Uri): string | undefined {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
}

function tell(sentence: string): void {
  void vscode.window.showWarningMessage(sentence);
}
