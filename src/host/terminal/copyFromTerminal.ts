import * as vscode from 'vscode';

/** The commands of VS Code that copy a text of the active terminal. */
const commands = {
  selection: 'workbench.action.terminal.copySelection',
  /** The command is the first line. Copies nothing without shell integration. */
  'last-command': 'workbench.action.terminal.copyLastCommandAndLastCommandOutput',
} as const;

/**
 * Reads the selected text, or the last command with its output, of the active terminal. VS Code offers both only as commands that
 * copy, so this uses the clipboard and then puts the earlier text back.
 *
 * @returns '' if there is no such text.
 */
export async function copyFromTerminal(what: keyof typeof commands): Promise<string> {
  const before = await vscode.env.clipboard.readText();
  // A command with nothing to copy leaves the clipboard as it is, so the clipboard is emptied first to tell the difference.
  // A clipboard without text may hold a picture, which could not be restored: it is not emptied.
  if (before !== '') await vscode.env.clipboard.writeText('');
  try {
    await vscode.commands.executeCommand(commands[what]);
    return await vscode.env.clipboard.readText();
  } catch {
    // An older VS Code does not have the command.
    return '';
  } finally {
    if ((await vscode.env.clipboard.readText()) !== before) await vscode.env.clipboard.writeText(before);
  }
}
