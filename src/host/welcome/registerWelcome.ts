import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import { lazily } from '../../shared/kit/lazyPart';
import { WalkthroughProgress } from './walkthroughProgress';

/** The walkthrough and the accessibility help. */
interface WelcomeFeature {
  readonly walkthrough: WalkthroughProgress;
  readonly commands: Pick<CommandTable, 'parley.accessibilityHelp' | 'parley.openWalkthrough'>;
}

/** Creates what introduces Parley to its users. */
export function registerWelcome({ subscriptions }: House): WelcomeFeature {
  const walkthrough = new WalkthroughProgress();
  const accessibilityHelp = lazily(async () => {
    const { AccessibilityHelp } = await import('./accessibilityHelp');
    return subscriptions.add(new AccessibilityHelp());
  });
  return {
    walkthrough,
    commands: {
      'parley.accessibilityHelp': async () => {
        await (await accessibilityHelp()).show();
      },
      'parley.openWalkthrough': () => walkthrough.open(),
    },
  };
}
