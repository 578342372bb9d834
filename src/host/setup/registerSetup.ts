import { createLazyChatClient } from '../../gateway/createLazyChatClient';
import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import type { IntentTable } from '../contributions/intents';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { ModelPicker } from '../models/modelPicker';
import type { ModelFeature } from '../models/registerModels';
import { lazily } from '../../shared/kit/lazyPart';
import type { GatewaySetup } from './gatewaySetup';

/** Adding gateways, keys and models. Each part is a bundle of its own and loads on first use. */
export interface SetupFeature {
  readonly setup: () => Promise<GatewaySetup>;
  readonly modelPicker: () => Promise<ModelPicker>;
  readonly commands: Pick<
    CommandTable,
    | 'parley.addGateway'
    | 'parley.manageGateways'
    | 'parley.setApiKey'
    | 'parley.removeApiKey'
    | 'parley.checkGateway'
    | 'parley.forgetRefusals'
    | 'parley.selectModel'
    | 'parley.previousModel'
  >;
  readonly intents: Pick<IntentTable, 'select-model' | 'add-gateway' | 'find-local-servers'>;
}

/**
 * Prepares what sets gateways and models up.
 *
 * @param reveal Shows the panel that was used last.
 */
export function registerSetup(
  { log, now, subscriptions, globalState }: House,
  gatewayParts: GatewayFeature,
  modelParts: ModelFeature,
  reveal: () => Promise<void>,
): SetupFeature {
  const { settings, network } = gatewayParts;
  const { choice } = modelParts;
  const parts = { ...gatewayParts, ...modelParts, log, now, globalState };
  const checkup = lazily(async () => {
    const { GatewayCheckup } = await import('./gatewayCheckup');
    return subscriptions.add(new GatewayCheckup(parts));
  });
  const setup = lazily(async () => {
    const { GatewaySetup: Loaded } = await import('./gatewaySetup');
    return new Loaded({
      ...parts,
      checkInDetail: async (gatewayId) => {
        await (await checkup()).start(gatewayId);
      },
      listModelsWith: async (key, gateway) => {
        const trial = createLazyChatClient({ keys: { read: () => Promise.resolve(key) }, log, network });
        try {
          return await trial.listModels(gateway, settings.timeouts());
        } finally {
          await trial.dispose();
        }
      },
    });
  });
  const modelPicker = lazily(async () => {
    const { ModelPicker: Loaded } = await import('../models/modelPicker');
    return new Loaded({
      ...parts,
      memory: globalState,
      addGateway: async () => await (await setup()).add(null),
    });
  });
  return {
    setup,
    modelPicker,
    commands: {
      'parley.addGateway': async () => {
        if (await (await setup()).add(null)) await reveal();
      },
      'parley.manageGateways': async () => {
        await (await setup()).manage();
      },
      'parley.setApiKey': async () => {
        await (await setup()).setKey();
      },
      'parley.removeApiKey': async () => {
        await (await setup()).removeKey();
      },
      'parley.checkGateway': async () => {
        await (await checkup()).start();
      },
      'parley.forgetRefusals': async () => {
        await (await checkup()).forgetRefusals();
      },
      'parley.selectModel': async () => {
        await (await modelPicker()).pick();
      },
      'parley.previousModel': async () => {
        const previous = choice.previous();
        if (previous === undefined) await (await modelPicker()).pick();
        else await choice.select(previous);
      },
    },
    intents: {
      'select-model': async (_, { page }) => {
        await (await modelPicker()).pick();
        await page.reveal();
      },
      'add-gateway': async ({ gatewayId, kind }, { page }) => {
        if (await (await setup()).add(gatewayId, kind)) await page.reveal();
      },
      'find-local-servers': async ({ request }, { page }) => {
        page.send('local-servers-found', { request, servers: await (await setup()).findLocalServers() });
      },
    },
  };
}
