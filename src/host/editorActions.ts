import * as vscode from 'vscode';
import type { CodeAttachment } from '../shared/attachment';

/** Schemes that a link in an answer may open. `command:` and all others are dead text. */
const openableSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Puts code at the cursor of the active editor, over what is selected there. */
export async function insertCode(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file first: the code goes to its cursor.'),
    );
    return;
  }
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (!done) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The code could not be inserted: the file is read-only.'),
    );
    return;
  }
  await vscode.window.showTextDocument(editor.document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
}

/** Shows an attachment's code where it is from. */
export async function openAttachment(attachment: CodeAttachment): Promise<void> {
  const range = new vscode.Range(
    attachment.startLine - 1,
    0,
    attachment.endLine - 1,
    Number.MAX_SAFE_INTEGER,
  );
  try {
    await vscode.window.showTextDocument(vscode.Uri.parse(attachment.uri, true), {
      selection: range,
      preview: true,
    });
  } catch {
    // The file may be gone since; the copy that went with the prompt is still here.
    const document = await vscode.workspace.openTextDocument({
      content: attachment.text,
      language: attachment.languageId,
    });
    await vscode.window.showTextDocument(document, { preview: true });
  }
}

/** Opens a link of an answer outside, after VS Code's own question. Anything but the web and mail is ignored. */
export async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !openableSchemes.has(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
