import * as vscode from 'vscode';
import { terminalText } from '../../core/text/terminalText';
import { DisposableStore } from '../../shared/kit/disposable';
import { shellOf } from './shellOf';

/** Shells with bracketed paste: they insert several pasted lines as text and do not run them. */
const shellsWithBracketedPaste: ReadonlySet<string> = new Set(['zsh', 'fish']);

/** Shells that VS Code integrates by itself: they report their prompt. */
const integratedShells: ReadonlySet<string> = new Set(['bash', 'zsh', 'fish', 'pwsh', 'powershell']);

/** The longest wait for a new terminal's prompt, in milliseconds: if the shell reports it, and if not. */
const longestStart = 15_000;
const usualStart = 3_000;

/**
 * Puts a code block's commands at the prompt of a terminal without running them: the user reads them and presses Enter. Lines
 * that belong together are pasted as one text. If the shell would run them one by one, a message offers to copy them instead.
 *
 * @param given The terminal. Another one is opened without it, and if it was closed.
 * @param options For a terminal that is opened.
 */
export async function putInTerminal(
  block: string,
  given: vscode.Terminal | undefined,
  options: vscode.TerminalOptions = {},
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("Code can't be put into a terminal until you trust this workspace."),
      manage,
    );
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return;
  }
  const terminal =
    given !== undefined && vscode.window.terminals.includes(given) ? given : await openTerminal(options);
  const shell = shellOf(terminal);
  const text = terminalText(block, shell);
  switch (text.kind) {
    case 'empty':
      void vscode.window.showInformationMessage(vscode.l10n.t('This code contains no command.'));
      return;
    case 'line':
      terminal.show();
      terminal.sendText(text.text, false);
      return;
    case 'script':
      if (shell !== undefined && shellsWithBracketedPaste.has(shell)) {
        terminal.show();
        terminal.sendText(`\u001b[200~${text.lines.join('\n')}\u001b[201~`, false);
      } else await offerScript(block);
      return;
  }
}

/** Opens a terminal and waits for its prompt. Text that is sent before the prompt appears twice, or is lost. */
async function openTerminal(options: vscode.TerminalOptions): Promise<vscode.Terminal> {
  const terminal = vscode.window.createTerminal(options);
  terminal.show();
  if (terminal.shellIntegration !== undefined) return terminal;
  const subscriptions = new DisposableStore();
  await new Promise<void>((resolve) => {
    const resolveIfSame = (other: vscode.Terminal): void => {
      if (other === terminal) resolve();
    };
    subscriptions.add(
      vscode.window.onDidChangeTerminalShellIntegration((change) => {
        resolveIfSame(change.terminal);
      }),
    );
    subscriptions.add(vscode.window.onDidCloseTerminal(resolveIfSame));
    const timer = setTimeout(resolve, reportsPrompt(terminal) ? longestStart : usualStart);
    subscriptions.add({
      dispose: () => {
        clearTimeout(timer);
      },
    });
  });
  subscriptions.dispose();
  return terminal;
}

function reportsPrompt(terminal: vscode.Terminal): boolean {
  const isOn = vscode.workspace.getConfiguration('terminal.integrated.shellIntegration').get('enabled');
  return isOn !== false && integratedShells.has(shellOf(terminal) ?? '');
}

/** Offers to copy a script that the shell would run line by line. */
async function offerScript(block: string): Promise<void> {
  const copy = vscode.l10n.t('Copy');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'These lines belong together, but this terminal would run them one by one before you can review them. Copy and paste them yourself.',
    ),
    copy,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(block);
}
