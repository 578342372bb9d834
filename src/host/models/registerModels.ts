import { l10n, workspace } from 'vscode';
import { createLazyChatClient } from '../../gateway/createLazyChatClient';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import type { House } from '../contributions/house';
import type { GatewayFeature } from '../gateways/registerGateways';
import { ModelCatalogue } from './modelCatalogue';
import { ModelChoice } from './modelChoice';
import type { ModelStatusBar } from './modelStatusBar';
import { rememberShownModelName } from './shownModelName';
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
  const currentName = (): string | undefined => {
    const model = choice.current();
    const gateway = model === undefined ? undefined : gateways.find(model.gatewayId);
    return model && gateway && catalogue.nameOf(gateway, model.modelId);
  };
  const showModel = (): void => {
    const name = currentName();
    statusBar.showModel(name);
    rememberShownModelName({ workspaceState, globalState }, settings.defaultModel(), name).catch(
      house.warnOfFailure("Remembering the model's name"),
    );
  };
  for (const { changed } of [gateways, choice]) subscriptions.add(changed.on(showModel));
  subscriptions.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('parley.defaultModel')) choice.changed.fire();
    }),
  );
  showModel();
  return {
    unsupportedParameters,
    client,
    catalogue,
    choice,
    modelName: () => currentName() ?? l10n.t('the model'),
  };
}
