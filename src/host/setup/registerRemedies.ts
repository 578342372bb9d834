import type { Sessions } from '../../core/conversation/sessions';
import type { House } from '../contributions/house';
import type { IntentTable } from '../contributions/intents';
import type { Page } from '../contributions/page';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { Targets } from '../models/targets';
import { lazily } from '../../shared/kit/lazyPart';
import type { FailureRemedies } from './failureRemedies';
import type { SetupFeature } from './registerSetup';

/** What the remedies of failures need. */
interface RemedyFeatures {
  readonly chat: { readonly sessions: Sessions; readonly targets: Targets };
  readonly setup: Pick<SetupFeature, 'setup' | 'modelPicker'>;
  readonly gateways: Pick<GatewayFeature, 'insecureOrigins'>;
  readonly page: Page;
}

/** The actions that failed requests offer. */
interface RemedyFeature {
  readonly intents: Pick<IntentTable, 'failure-action'>;
  readonly remedies: () => Promise<Pick<FailureRemedies, 'offer'>>;
}

/** Prepares the actions that failed requests offer. */
export function registerRemedies(
  { log }: House,
  { chat, setup, gateways, page }: RemedyFeatures,
): RemedyFeature {
  const remedies = lazily(async () => {
    const { FailureRemedies } = await import('./failureRemedies');
    const { targets } = chat;
    return new FailureRemedies({ ...setup, ...gateways, targets, log, reveal: () => page.reveal() });
  });
  return {
    remedies,
    intents: {
      'failure-action': async ({ id, action }) => {
        const session = chat.sessions.current;
        await (await remedies()).apply(session, id, action);
      },
    },
  };
}
