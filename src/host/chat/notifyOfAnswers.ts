import { window } from 'vscode';
import type { Session } from '../../core/conversation/session';
import type { SessionPool } from '../../core/conversation/sessionPool';
import type { House } from '../contributions/house';
import type { OpenPanels } from '../contributions/openPanels';

/** Shows a notification when an answer ends while the window does not have the focus. */
export function notifyOfAnswers(
  { subscriptions, warnOfFailure }: House,
  pool: SessionPool,
  panels: OpenPanels,
): void {
  const notify = async (session: Session): Promise<void> => {
    const { offerAnswer } = await import('./offerAnswer');
    await offerAnswer(session, panels);
  };
  subscriptions.add(
    pool.finished.on((session) => {
      if (!window.state.focused) notify(session).catch(warnOfFailure('Showing an answer'));
    }),
  );
}
