import * as vscode from 'vscode';
import type { CodeAttachment } from '../../shared/attachment';

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
