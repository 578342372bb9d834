import * as vscode from 'vscode';
import { plainText } from '../ui/plainText';
import { baseName } from '../../core/text/baseName';
import { findRealPlace } from '../workspace/findRealPlace';
import { mayWriteTo } from '../documents/mayWriteTo';
import { unencodableCharacters } from '../documents/unencodableCharacters';
import type { Refusal } from './explainRefusal';

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
 * Checks that the path still leads to the same file, and asks about a file that runs without being asked and about characters that
 * the file's encoding does not have.
 *
 * @param text The text that the file would get.
 * @returns undefined if the change may be written.
 */
export async function findRefusal(
  { target, document, place }: ProposedChange,
  text: string,
): Promise<Refusal | undefined> {
  if ((await placeOf(target)) !== place) return 'moved';
  const mayWrite = await mayWriteTo(target, vscode.l10n.t('Change Anyway'));
  return mayWrite && (document === undefined || (await mayLoseCharacters(document, text)))
    ? undefined
    : 'declined';
}

/** Creates a proposed file, unless a file with its name exists by now. */
export async function createProposedFile(
  target: vscode.Uri,
  text: string,
): Promise<AcceptedChange | Refusal> {
  const contents = await vscode.workspace.encode(text, { uri: target });
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(target, { contents, overwrite: false, ignoreIfExists: false });
  if (!(await vscode.workspace.applyEdit(edit))) return 'exists';
  const document = await vscode.workspace.openTextDocument(target);
  return { document, range: new vscode.Range(0, 0, 0, 0) };
}

/** Asks before writing characters that the file's encoding does not have. Returns true if the encoding has all characters. */
async function mayLoseCharacters(document: vscode.TextDocument, text: string): Promise<boolean> {
  const lost = await unencodableCharacters(document, text);
  if (lost.length === 0) return true;
  const accept = vscode.l10n.t('Accept Anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "{0} is saved with the encoding {1}, which can't represent “{2}”. VS Code would save other characters instead.",
      plainText(baseName(document.uri.path)),
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
