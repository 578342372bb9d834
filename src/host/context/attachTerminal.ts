import * as vscode from 'vscode';
import type { TextAttachment } from '../../shared/conversation/attachment';

/** Of a long output the end tells what happened, in characters. */
const longest = 30_000;

/**
 * What is selected in the terminal, else the last command with its output; or a sentence that says why there is
 * none. VS Code hands out neither but by the clipboard, which has its own text back afterwards.
 */
export async function attachTerminal(): Promise<TextAttachment | { readonly problem: string }> {
  const terminal = vscode.window.activeTerminal;
  if (terminal === undefined) return { problem: vscode.l10n.t('No terminal is open.') };
  const text =
    (await copiedBy('workbench.action.terminal.copySelection')) ||
    (await copiedBy('workbench.action.terminal.copyLastCommandAndLastCommandOutput'));
  if (text.trim() === '') {
    return { problem: vscode.l10n.t('Nothing is selected in the terminal. Select what should go along.') };
  }
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'terminal',
    name: vscode.l10n.t('Terminal {0}', terminal.name),
    languageId: 'text',
    text: endOf(text),
    truncated: text.length > longest,
  };
}

/** What a command copies; '' for nothing. */
async function copiedBy(command: string): Promise<string> {
  const before = await vscode.env.clipboard.readText();
  // Commands that have nothing to copy leave the clipboard alone: only an empty one tells. One without text is left, for
  // it may hold a picture, which could not be given back.
  if (before !== '') await vscode.env.clipboard.writeText('');
  try {
    await vscode.commands.executeCommand(command);
    return await vscode.env.clipboard.readText();
  } catch {
    // An older VS Code does not know the command.
    return '';
  } finally {
    if (before !== '') await vscode.env.clipboard.writeText(before);
  }
}

function endOf(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(-longest);
  return cut.slice(cut.indexOf('\n') + 1);
}
