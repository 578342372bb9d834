import * as vscode from 'vscode';
import { exportFileName } from '../../core/exchange/exportFileName';
import { exportJson } from '../../core/exchange/importExchange';
import { exportMarkdown } from '../../core/exchange/exportMarkdown';
import type { Conversation } from '../../shared/conversation/conversation';
import { plainText } from '../ui/plainText';

/** Exports a conversation as Markdown or JSON to a file that the user chooses. Shows a message if it cannot be written. */
export async function writeChat(conversation: Conversation, title: string): Promise<void> {
  const name = exportFileName(title, 'chat');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Chat'),
    filters: { Markdown: ['md'], JSON: ['json'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `${name}.md`) }),
  });
  if (file === undefined) return;
  const content = file.path.toLowerCase().endsWith('.json')
    ? exportJson(conversation, title)
    : exportMarkdown(conversation, title, {
        t: vscode.l10n.t,
        timeOf: (at) =>
          new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }),
      });
  try {
    await vscode.workspace.fs.writeFile(file, Buffer.from(content));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t("Couldn't write {0}: {1}", plainText(file.fsPath), plainText(reason)),
    );
    return;
  }
  const show = vscode.l10n.t('Open File');
  const answer = vscode.window.showInformationMessage(
    vscode.l10n.t('Exported to {0}', plainText(file.fsPath)),
    show,
  );
  // Not awaited, because the notification may stay open for a long time.
  void answer.then((choice) =>
    choice === show ? vscode.commands.executeCommand('vscode.open', file) : undefined,
  );
}
