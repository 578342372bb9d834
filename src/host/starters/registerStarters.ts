import { Emitter } from '../../shared/kit/emitter';
import type { OpenedContext } from '../../shared/messages/toView';
import type { House } from '../contributions/house';
import type { OpenPanels } from '../contributions/openPanels';
import { lazily } from '../../shared/kit/lazyPart';
import type { OpenedContextWatch } from './openedContextWatch';

/** The first prompts of an empty chat. */
export interface StarterFeature {
  /** Fires when something else is open in VS Code. */
  readonly openedChanged: Emitter<void>;
  /** What is open in VS Code; undefined for nothing. */
  readonly opened: () => OpenedContext | undefined;
  /** Begins to watch what is open, if a panel shows an empty chat. */
  readonly watch: () => Promise<void>;
}

/** Prepares the first prompts. Nothing is watched before a panel shows an empty chat. */
export function registerStarters(house: House, panels: OpenPanels): StarterFeature {
  const onFailure = house.warnOfFailure('Finding out what is open');
  const openedChanged = new Emitter<void>(house.warnOfFailure('Showing what is open'));
  let started: OpenedContextWatch | undefined;
  const load = lazily(async () => {
    const { OpenedContextWatch: Watch } = await import('./openedContextWatch');
    started = house.subscriptions.add(
      new Watch({
        isWanted: () => panels.all.some(({ page, sessions }) => page.isVisible && sessions.current.empty),
        onChange: () => {
          openedChanged.fire();
        },
        onFailure,
      }),
    );
    return started;
  });
  const watch = async (): Promise<void> => {
    if (panels.all.some(({ sessions }) => sessions.current.empty)) (await load()).look();
  };
  house.subscriptions.add(
    panels.chatChanged.on(() => {
      watch().catch(onFailure);
    }),
  );
  return {
    openedChanged,
    opened: () => started?.current,
    watch,
  };
}
