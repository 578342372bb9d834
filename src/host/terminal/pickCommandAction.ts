import * as vscode from 'vscode';
import { commandRisk } from '../../core/terminal/commandRisk';
import type { CommandAnswer } from '../../core/terminal/readCommand';
import { riskSentence } from './riskSentence';

/** What the user does with a command. */
type CommandAction = 'insert' | 'copy' | 'refine' | 'chat';

/** A longer command is cut in the list, in UTF-16 units. */
const longestLabel = 500;

/**
 * Shows a command with its reason, and asks what to do with it.
 *
 * @returns undefined if the user closes the list.
 */
export async function pickCommandAction(
  title: string,
  { text, reason }: Extract<CommandAnswer, { kind: 'command' }>,
): Promise<CommandAction | undefined> {
  const command = text.kind === 'line' ? text.text : text.lines.join('\n');
  const risk = commandRisk(command);
  const detail = [risk === undefined ? '' : `$(warning) ${riskSentence(risk)}`, withoutIcons(reason)];
  const rows: (vscode.QuickPickItem & { readonly action: CommandAction })[] = [
    {
      label: `$(terminal) ${withoutIcons(command.replaceAll('\n', ' ⏎ ').slice(0, longestLabel))}`,
      detail: detail.filter((part) => part !== '').join(' '),
      action: 'insert',
    },
    { label: `$(copy) ${vscode.l10n.t('Copy')}`, action: 'copy' },
    { label: `$(edit) ${vscode.l10n.t('Refine…')}`, action: 'refine' },
    { label: `$(comment-discussion) ${vscode.l10n.t('Continue in Chat')}`, action: 'chat' },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: withoutIcons(title),
    placeHolder: vscode.l10n.t('Enter puts the command at the prompt of the terminal and does not run it.'),
    ignoreFocusOut: true,
  });
  return picked?.action;
}

/** Text in which VS Code finds no icon. `$(date)` of a shell would become a blank icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
