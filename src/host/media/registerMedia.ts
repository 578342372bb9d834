import type { Session } from '../../core/conversation/session';
import type { IntentTable } from '../contributions/intents';
import type { Panel } from '../contributions/openPanels';
import { perPanel } from '../contributions/perPanel';
import type { MediaActions, MediaPorts } from './mediaActions';
import { withMask } from './withMask';

/** The intents about pictures, sound and video. */
type MediaIntent =
  'load-media' | 'save-media' | 'insert-media' | 'edit-media' | 'run-task-action' | 'set-mask';

/** Prepares showing, saving and editing what models return beside text. */
export function registerMedia(ports: Omit<MediaPorts, 'page'>): {
  readonly intents: Pick<IntentTable, MediaIntent>;
} {
  const actions = perPanel(async ({ page }) => {
    const { MediaActions } = await import('./mediaActions');
    return new MediaActions({ ...ports, page });
  });
  /** Carries out an intent in the conversation that the panel shows when it comes. */
  const inSession =
    <Body>(run: (actions: MediaActions, session: Session, body: Body) => void | Promise<void>) =>
    async (body: Body, panel: Panel): Promise<void> => {
      const session = panel.sessions.current;
      await run(await actions(panel), session, body);
    };
  return {
    intents: {
      'load-media': inSession((media, session, place) => media.load(session, place)),
      'save-media': inSession((media, session, place) => media.save(session, place)),
      'insert-media': inSession((media, session, place) => media.insert(session, place)),
      'edit-media': inSession((media, session, place) => media.edit(session, place)),
      'run-task-action': inSession((media, session, action) => {
        media.runTaskAction(session, action);
      }),
      // At once: the prompt may be sent right after it.
      'set-mask': ({ id, edit, ...change }, { sessions }) => {
        ports.changeAttachments(sessions.current.conversation.id, edit, (attachments) =>
          withMask(attachments, id, change),
        );
      },
    },
  };
}
