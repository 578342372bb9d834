import * as vscode from 'vscode';
import type { FetchedMedia } from '../../gateway/endpoints/fetchMedia';
import { mediaReference } from '../../core/exchange/mediaReference';
import { editWritable } from '../documents/editWritable';
import { isDocumentOfUser } from '../documents/isDocumentOfUser';
import { mayWriteTo } from '../documents/mayWriteTo';
import { mediaFileName } from '../ui/decodeDataUrl';
import { saveFile } from '../ui/saveFile';

/** The bytes of a medium with its name, which may be any text. */
export interface NamedContent extends FetchedMedia {
  readonly name: string;
}

/**
 * Writes a medium to a file that the user chooses, beside the file in the active editor, and inserts a reference at its cursors.
 * Without an editor, only writes the file.
 */
export async function insertMedia(content: NamedContent): Promise<void> {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find(
    (candidate) => candidate !== undefined && isDocumentOfUser(candidate.document.uri),
  );
  const document = editor?.document;
  const folder = document?.uri.scheme === 'file' ? vscode.Uri.joinPath(document.uri, '..') : undefined;
  const { name, mimeType, bytes } = content;
  const file = await saveFile(mediaFileName(name, mimeType), bytes, folder);
  if (file === undefined) return;
  if (editor === undefined || document === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The file is saved. Open a file first to insert a reference at its cursor.'),
    );
    return;
  }
  if (!(await mayWriteTo(document.uri, vscode.l10n.t('Insert Anyway')))) return;
  const isNear = file.scheme === document.uri.scheme && file.authority === document.uri.authority;
  const text = mediaReference({
    from: isNear ? document.uri.path : undefined,
    to: isNear ? file.path : file.fsPath,
    languageId: document.languageId,
    name,
  });
  const done = await editWritable(document, () =>
    editor.edit((edit) => {
      for (const selection of editor.selections) edit.replace(selection, text);
    }),
  );
  if (!done) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("Couldn't insert the reference. The file is read-only."),
    );
    return;
  }
  await vscode.window.showTextDocument(document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
}
