import * as vscode from 'vscode';
import { terminalText } from '../../core/text/terminalText';
import { DisposableStore } from '../../shared/kit/disposable';

/** Shells whose line editor always takes pasted lines as text, when they come marked as a paste. */
const marksPastes: ReadonlySet<string> = new Set(['zsh', 'fish']);

/** Shells that do not tell of their prompt (cmd, and any with shell integration off) are waited for so long, in milliseconds. */
const longestStart = 3_000;

/**
 * Puts a code block's commands at the prompt of the terminal. Nothing is run: the user reads it and presses Enter. Lines that belong
 * together go there as one paste, or not at all where the shell would run them one by one.
 */
export async function putInTerminal(block: string): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing goes to a terminal while you do not trust this workspace.'),
      manage,
    );
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return;
  }
  const terminal = vscode.window.activeTerminal ?? (await openTerminal());
  const shell = shellOf(terminal);
  const text = terminalText(block, shell);
  switch (text.kind) {
    case 'empty':
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no command in this code.'));
      return;
    case 'line':
      terminal.show();
      terminal.sendText(text.text, false);
      return;
    case 'script':
      if (shell !== undefined && marksPastes.has(shell)) {
        terminal.show();
        terminal.sendText(`\u001b[200~${text.lines.join('\n')}\u001b[201~`, false);
      } else await offerScript(block);
      return;
  }
}

/** A new terminal, when its shell shows its prompt: what comes earlier is shown twice, or lost. */
async function openTerminal(): Promise<vscode.Terminal> {
  const terminal = vscode.window.createTerminal();
  terminal.show();
  if (terminal.shellIntegration !== undefined) return terminal;
  const subscriptions = new DisposableStore();
  await new Promise<void>((resolve) => {
    const isOurs = (other: vscode.Terminal): void => {
      if (other === terminal) resolve();
    };
    subscriptions.add(
      vscode.window.onDidChangeTerminalShellIntegration((change) => {
        isOurs(change.terminal);
      }),
    );
    subscriptions.add(vscode.window.onDidCloseTerminal(isOurs));
    const timer = setTimeout(resolve, longestStart);
    subscriptions.add({
      dispose: () => {
        clearTimeout(timer);
      },
    });
  });
  subscriptions.dispose();
  return terminal;
}

/** A shell would run a script's lines as they come. */
async function offerScript(block: string): Promise<void> {
  const copy = vscode.l10n.t('Copy');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'These lines belong together, and this terminal would run them one by one before you have read them. Copy them and paste them yourself.',
    ),
    copy,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(block);
}

/** The shell of a terminal; of one that has just been made, the one that it will run. */
function shellOf(terminal: vscode.Terminal): string | undefined {
  if (terminal.state.shell !== undefined) return terminal.state.shell;
  const [name = ''] = (vscode.env.shell.split(/[\\/]/).at(-1) ?? '').toLowerCase().split('.');
  return name === '' ? undefined : name;
}
