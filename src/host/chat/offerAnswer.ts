import { l10n, window } from 'vscode';
import type { Session } from '../../core/conversation/session';
import { selectedPath } from '../../shared/conversation/conversation';
import type { OpenPanels } from '../contributions/openPanels';
import { plainText } from '../ui/plainText';

/** Shows a notification for an answer that has ended, and the answer if the user wants it. In a bundle of its own. */
export async function offerAnswer(session: Session, panels: OpenPanels): Promise<void> {
  const text = textFor(session);
  if (text === undefined) return;
  const show = l10n.t('Show Answer');
  if ((await window.showInformationMessage(text, show)) !== show) return;
  const showing = panels.all.filter(({ sessions }) => sessions.current === session);
  const panel = showing.find((one) => one === panels.used) ?? showing[0] ?? panels.used;
  if (panel.sessions.current !== session) await panel.sessions.openConversation(session.conversation.id);
  await panel.page.reveal();
}

/** Undefined if the user stopped the answer, and so knows that it has ended. */
function textFor({ conversation }: Session): string | undefined {
  const answer = selectedPath(conversation).findLast((message) => message.role === 'assistant');
  const outcome = answer?.role === 'assistant' ? answer.ending?.outcome : undefined;
  if (outcome === undefined || outcome === 'cancelled') return undefined;
  const title = plainText(conversation.title);
  return outcome === 'failed'
    ? l10n.t('The answer in “{0}” failed.', title)
    : l10n.t('“{0}” has a new answer.', title);
}
