import type { Sessions } from '../../core/conversation/sessions';
import type { IntentTable } from '../contributions/intents';
import { lazily } from '../ui/lazyPart';
import type { MediaPorts } from './mediaActions';

/** Prepares showing and saving what models return beside text. */
export function registerMedia(
  sessions: Sessions,
  ports: MediaPorts,
): { readonly intents: Pick<IntentTable, 'load-media' | 'save-media' | 'insert-media' | 'edit-media'> } {
  const actions = lazily(async () => {
    const { MediaActions } = await import('./mediaActions');
    return new MediaActions(ports);
  });
  return {
    intents: {
      'load-media': async (place) => {
        const session = sessions.current;
        await (await actions()).load(session, place);
      },
      'save-media': async (place) => {
        const session = sessions.current;
        await (await actions()).save(session, place);
      },
      'insert-media': async (place) => {
        const session = sessions.current;
        await (await actions()).insert(session, place);
      },
      'edit-media': async (place) => {
        const session = sessions.current;
        await (await actions()).edit(session, place);
      },
    },
  };
}
