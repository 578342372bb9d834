import type { Session } from '../../core/conversation/session';
import type { Sessions } from '../../core/conversation/sessions';
import type { IntentTable } from '../contributions/intents';
import { lazily } from '../../shared/kit/lazyPart';
import type { MediaActions, MediaPorts } from './mediaActions';
import { withMask } from './withMask';

/** The intents about pictures, sound and video. */
type MediaIntent =
  'load-media' | 'save-media' | 'insert-media' | 'edit-media' | 'run-task-action' | 'set-mask';

/** Prepares showing, saving and editing what models return beside text. */
export function registerMedia(
  sessions: Sessions,
  ports: MediaPorts,
): { readonly intents: Pick<IntentTable, MediaIntent> } {
  const actions = lazily(async () => {
    const { MediaActions } = await import('./mediaActions');
    return new MediaActions(ports);
  });
  /** Carries out an intent in the conversation that is shown when it comes. */
  const inSession =
    <Body>(run: (actions: MediaActions, session: Session, body: Body) => void | Promise<void>) =>
    async (body: Body): Promise<void> => {
      const session = sessions.current;
      await run(await actions(), session, body);
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
      'set-mask': ({ id, edit, ...change }) => {
        ports.changeAttachments(sessions.current.conversation.id, edit, (attachments) =>
          withMask(attachments, id, change),
        );
      },
    },
  };
}
