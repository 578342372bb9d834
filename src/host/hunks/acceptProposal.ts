import * as vscode from 'vscode';
import { splitText } from '../../core/edits/lines/lineEdit';
import { rebaseChange } from '../../core/edits/plan/rebaseChange';
import { baseName } from '../../core/text/baseName';
import { plainText } from '../ui/plainText';
import { findRealPlace } from '../workspace/findRealPlace';
import { mayWriteTo } from '../documents/mayWriteTo';
import { unencodableCharacters } from '../documents/unencodableCharacters';
import { writeChange } from '../documents/writeChange';

/** A proposed change of a file. */
export interface ProposedChange {
  /** The file or notebook cell. */
  readonly target: vscode.Uri;
  /** The document that changes; undefined for a new file. */
  readonly document: vscode.TextDocument | undefined;
  /** The document's text that the proposal was made for; '' for a new file. */
  readonly base: string;
  /** The real path of the file at that time. */
  readonly place: string;
}

/** A document that was changed, and the first changed line. */
export interface AcceptedChange {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** The proposed change of a document as it is now. */
export async function proposedChange(document: vscode.TextDocument): Promise<ProposedChange> {
  return { target: document.uri, document, base: document.getText(), place: await placeOf(document.uri) };
}

/** The proposal of a file that does not exist yet. */
export async function proposedFile(target: vscode.Uri): Promise<ProposedChange> {
  return { target, document: undefined, base: '', place: await placeOf(target) };
}

/**
 * Writes a proposed text into its document, or creates its file. Changes that were made to the document meanwhile are kept.
 *
 * @returns `conflict` if both changed the same lines; undefined if it cannot be written or the user does not want it after all.
 *   Nothing was written then, and the user has been told, except about a conflict.
 */
export async function acceptProposal(
  change: ProposedChange,
  text: string,
): Promise<AcceptedChange | 'conflict' | undefined> {
  const { document, target } = change;
  if (!(await mayAccept(change, text))) return undefined;
  if (document === undefined) return await createFile(target, text);
  // The editor may have been closed and the file changed on disk, so the document is opened again.
  const live = await vscode.workspace.openTextDocument(target);
  const current = splitText(live.getText()).lines;
  const lines = rebaseChange(splitText(change.base).lines, splitText(text).lines, current);
  if (lines === undefined) return 'conflict';
  const range = await writeChange(live, lines);
  if (range !== false) return { document: live, range };
  tellReadOnly(target);
  return undefined;
}

/**
 * Checks that the path still leads to the same file, and asks about a file that runs without being asked and about characters that
 * the file's encoding does not have.
 *
 * @param text The text that the file would get.
 */
export async function mayAccept(change: ProposedChange, text: string): Promise<boolean> {
  if (!(await mayWrite(change))) return false;
  return change.document === undefined || (await mayLoseCharacters(change.document, text));
}

/** Tells the user that a document could not be changed. */
export function tellReadOnly(target: vscode.Uri): void {
  tell(vscode.l10n.t("Couldn't make the change. {0} is read-only.", plainName(target)));
}

async function mayWrite({ target, place }: ProposedChange): Promise<boolean> {
  if ((await placeOf(target)) === place) return await mayWriteTo(target, vscode.l10n.t('Change Anyway'));
  tell(vscode.l10n.t('{0} now points to another file. Nothing was written.', plainName(target)));
  return false;
}

async function createFile(target: vscode.Uri, text: string): Promise<AcceptedChange | undefined> {
  const contents = await vscode.workspace.encode(text, { uri: target });
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(target, { contents, overwrite: false, ignoreIfExists: false });
  if (await vscode.workspace.applyEdit(edit)) {
    const document = await vscode.workspace.openTextDocument(target);
    return { document, range: new vscode.Range(0, 0, 0, 0) };
  }
  tell(vscode.l10n.t("Couldn't create {0}. It may exist already.", plainName(target)));
  return undefined;
}

/** Asks before writing characters that the file's encoding does not have. Returns true if the encoding has all characters. */
async function mayLoseCharacters(document: vscode.TextDocument, text: string): Promise<boolean> {
  const lost = await unencodableCharacters(document, text);
  if (lost.length === 0) return true;
  const accept = vscode.l10n.t('Accept Anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "{0} is saved with the encoding {1}, which can't represent “{2}”. VS Code would save other characters instead.",
      plainName(document.uri),
      document.encoding,
      lost.join('”, “'),
    ),
    {
      modal: true,
      detail: vscode.l10n.t('To keep them, first save the file with another encoding from the Status Bar.'),
    },
    accept,
  );
  return answer === accept;
}

async function placeOf(uri: vscode.Uri): Promise<string> {
  return (await findRealPlace(uri)).uri.toString();
}

function plainName(uri: vscode.Uri): string {
  return plainText(baseName(uri.path));
}

function tell(sentence: string): void {
  void vscode.window.showWarningMessage(sentence);
}
