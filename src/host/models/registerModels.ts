import { l10n, workspace } from 'vscode';
import type { Gateway } from '../../core/models/gateway';
import { createLazyChatClient } from '../../gateway/createLazyChatClient';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { House } from '../contributions/house';
import type { GatewayFeature } from '../gateways/registerGateways';
import { ModelCatalogue } from './modelCatalogue';
import { ModelChoice } from './modelChoice';
import type { ModelStatusBar } from './modelStatusBar';
import { rememberShownModel } from './shownModel';
import { UnsupportedParameters } from './unsupportedParameters';

/** The models, the choice among them, and the client that asks them. */
export interface ModelFeature {
  readonly unsupportedParameters: UnsupportedParameters;
  readonly client: HttpChatClient;
  readonly catalogue: ModelCatalogue;
  readonly choice: ModelChoice;
  /** The name of the model of the next prompt, for a sentence. */
  readonly modelName: () => string;
}

/** Creates the list of models and the choice, and keeps the status bar up to date. */
export function registerModels(
  house: House,
  { settings, keys, gateways, network }: Pick<GatewayFeature, 'settings' | 'keys' | 'gateways' | 'network'>,
  statusBar: ModelStatusBar,
): ModelFeature {
  const { log, now, subscriptions, workspaceState, globalState } = house;
  const unsupportedParameters = new UnsupportedParameters(globalState, log);
  const client = createLazyChatClient({ keys, log, network, unsupportedParameters });
  const catalogue = new ModelCatalogue(client, globalState, () => settings.timeouts(), now);
  const choice = new ModelChoice(workspaceState, globalState, settings, gateways, catalogue, log);
  const current = (): { reference: ModelReference; gateway: Gateway; name: string } | undefined => {
    const reference = choice.current();
    const gateway = reference && gateways.find(reference.gatewayId);
    return reference && gateway && { reference, gateway, name: catalogue.nameOf(gateway, reference.modelId) };
  };
  const showModel = async (): Promise<void> => {
    let isSeveral = false;
    try {
      isSeveral = (await gateways.ready()).length > 1;
    } finally {
      // Without the keyring, the name of the model is still known.
      const model = current();
      const shown = model && { name: model.name, gatewayName: isSeveral ? model.gateway.name : undefined };
      statusBar.showModel(shown);
      if (model !== undefined && shown !== undefined)
        await rememberShownModel({ workspaceState, globalState }, model.reference, shown);
    }
  };
  const update = (): void => {
    showModel().catch(house.warnOfFailure('Showing the model'));
  };
  for (const { changed } of [gateways, choice]) subscriptions.add(changed.on(update));
  subscriptions.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('parley.defaultModel')) choice.changed.fire();
    }),
  );
  update();
  return {
    unsupportedParameters,
    client,
    catalogue,
    choice,
    modelName: () => current()?.name ?? l10n.t('the model'),
  };
}
