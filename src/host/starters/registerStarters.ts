import type { Sessions } from '../../core/conversation/sessions';
import { Emitter } from '../../shared/kit/emitter';
import type { OpenedContext } from '../../shared/messages/toView';
import type { House } from '../contributions/house';
import { lazily } from '../../shared/kit/lazyPart';
import type { OpenedContextWatch } from './openedContextWatch';

/** The first prompts of an empty chat. */
export interface StarterFeature {
  /** Fires when something else is open in VS Code. */
  readonly openedChanged: Emitter<void>;
  /** What is open, for the shown chat; undefined for nothing, and if the chat has messages. */
  readonly opened: () => OpenedContext | undefined;
  /** Begins to watch what is open, if the shown chat is empty. */
  readonly watch: () => Promise<void>;
}

/**
 * Prepares the first prompts. Nothing is watched before the panel shows an empty chat.
 *
 * @param isVisible True while the panel is visible.
 */
export function registerStarters(house: House, sessions: Sessions, isVisible: () => boolean): StarterFeature {
  const onFailure = house.warnOfFailure('Finding out what is open');
  const openedChanged = new Emitter<void>(house.warnOfFailure('Showing what is open'));
  let started: OpenedContextWatch | undefined;
  const load = lazily(async () => {
    const { OpenedContextWatch: Watch } = await import('./openedContextWatch');
    started = house.subscriptions.add(
      new Watch({
        isWanted: () => isVisible() && sessions.current.empty,
        onChange: () => {
          openedChanged.fire();
        },
        onFailure,
      }),
    );
    return started;
  });
  const watch = async (): Promise<void> => {
    if (sessions.current.empty) (await load()).look();
  };
  house.subscriptions.add(
    sessions.currentChanged.on(() => {
      watch().catch(onFailure);
    }),
  );
  return {
    openedChanged,
    opened: () => (sessions.current.empty ? started?.current : undefined),
    watch,
  };
}
