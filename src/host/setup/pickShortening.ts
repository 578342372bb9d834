import * as vscode from 'vscode';
import type { Session, Shortening } from '../../core/conversation/session';
import type { Target } from '../../core/prompt/target';
import type { Message } from '../../shared/conversation/conversation';

/**
 * Offers ways to shorten a conversation that is too long for the model, and shows which messages would be left out of the
 * request. The conversation itself keeps all messages.
 *
 * @returns undefined if the user cancels.
 */
export async function pickShortening(
  session: Session,
  answerId: string,
  target: Target,
): Promise<Shortening | 'select-model' | undefined> {
  const gone = session.messagesToLeaveOut(answerId, target);
  const detail = gone
    .filter((message) => message.role === 'user')
    .map(firstLine)
    .join(' · ');
  const selectModel = {
    label: `$(list-selection) ${vscode.l10n.t('Choose Another Model…')}`,
    choice: 'select-model' as const,
  };
  const shorter = [
    {
      label: `$(fold-up) ${vscode.l10n.t('Leave Out the Oldest {0} Messages', gone.length)}`,
      detail,
      choice: 'leave-out' as const,
    },
    {
      label: `$(note) ${vscode.l10n.t('Summarize the Oldest {0} Messages', gone.length)}`,
      description: vscode.l10n.t('Sends one more request to {0}', target.modelName),
      detail,
      choice: 'summarise' as const,
    },
  ];
  const picked = await vscode.window.showQuickPick(
    gone.length === 0 ? [selectModel] : [...shorter, selectModel],
    {
      title: vscode.l10n.t('Shorten Chat'),
      placeHolder:
        gone.length === 0
          ? vscode.l10n.t('The last message alone is too long for {0}.', target.modelName)
          : vscode.l10n.t('The messages stay in the chat. Only the request is shortened.'),
    },
  );
  return picked?.choice;
}

function firstLine(message: Message): string {
  const line = message.role === 'user' ? (message.text.trim().split('\n', 1)[0] ?? '') : '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
