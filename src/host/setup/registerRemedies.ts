import type { House } from '../contributions/house';
import type { IntentTable } from '../contributions/intents';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { Targets } from '../models/targets';
import { lazily } from '../../shared/kit/lazyPart';
import type { FailureRemedies } from './failureRemedies';
import type { SetupFeature } from './registerSetup';

/** What the remedies of failures need. */
interface RemedyFeatures {
  readonly targets: Targets;
  readonly setup: Pick<SetupFeature, 'setup' | 'modelPicker'>;
  readonly gateways: Pick<GatewayFeature, 'insecureOrigins'>;
}

/** The actions that failed requests offer. */
interface RemedyFeature {
  readonly intents: Pick<IntentTable, 'failure-action'>;
  readonly remedies: () => Promise<Pick<FailureRemedies, 'offer'>>;
}

/** Prepares the actions that failed requests offer. */
export function registerRemedies(
  { log }: House,
  { targets, setup, gateways }: RemedyFeatures,
): RemedyFeature {
  const remedies = lazily(async () => {
    const { FailureRemedies } = await import('./failureRemedies');
    return new FailureRemedies({ ...setup, ...gateways, targets, log });
  });
  return {
    remedies,
    intents: {
      'failure-action': async ({ id, action }, { sessions, page }) => {
        const session = sessions.current;
        await (await remedies()).apply(session, id, action, () => page.reveal());
      },
    },
  };
}
