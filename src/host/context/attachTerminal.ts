import * as vscode from 'vscode';
import type { TextAttachment } from '../../shared/conversation/attachment';

/** The most characters of terminal output that are attached. The end is kept, because it tells what happened. */
const longest = 30_000;

/**
 * Attaches the terminal's selection. Without a selection, attaches the last command with its output.
 *
 * VS Code offers both only as commands that copy, so this uses the clipboard and then puts the earlier text back.
 *
 * @returns `problem`, a sentence for the user, if there is nothing to attach.
 */
export async function attachTerminal(): Promise<TextAttachment | { readonly problem: string }> {
  const terminal = vscode.window.activeTerminal;
  if (terminal === undefined) return { problem: vscode.l10n.t('No terminal is open.') };
  const text =
    (await copiedBy('workbench.action.terminal.copySelection')) ||
    (await copiedBy('workbench.action.terminal.copyLastCommandAndLastCommandOutput'));
  if (text.trim() === '') {
    return { problem: vscode.l10n.t('Nothing is selected in the terminal. Select the text to attach.') };
  }
  const shown = endOf(text);
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'terminal',
    name: vscode.l10n.t('Terminal {0}', terminal.name),
    languageId: 'text',
    text: shown,
    amount: { shown: countLines(shown), total: countLines(text) },
    truncated: text.length > longest,
  };
}

/** Runs a command that copies text. Returns the text; '' if the command copied nothing. */
async function copiedBy(command: string): Promise<string> {
  const before = await vscode.env.clipboard.readText();
  // A command with nothing to copy leaves the clipboard as it is, so the clipboard is emptied first to tell the difference.
  // A clipboard without text may hold a picture, which could not be restored: it is not emptied.
  if (before !== '') await vscode.env.clipboard.writeText('');
  try {
    await vscode.commands.executeCommand(command);
    return await vscode.env.clipboard.readText();
  } catch {
    // An older VS Code does not have the command.
    return '';
  } finally {
    if (before !== '') await vscode.env.clipboard.writeText(before);
  }
}

function countLines(text: string): number {
  return text.trimEnd().split('\n').length;
}

function endOf(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(-longest);
  return cut.slice(cut.indexOf('\n') + 1);
}
