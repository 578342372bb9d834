import type { CommandTable } from '../contributions/commandIds';
import type { House } from '../contributions/house';
import type { GatewayFeature } from '../gateways/registerGateways';
import type { ModelFeature } from '../models/registerModels';
import { lazily } from '../../shared/kit/lazyPart';
import type { ModelProvider } from './modelProvider';
import type { NativeChat } from './nativeChat';

/** Parley's models in VS Code's own chat. */
interface ProviderFeature {
  readonly nativeChat: () => Promise<NativeChat>;
  readonly commands: Pick<CommandTable, 'parley.useInNativeChat' | 'parley.manageExtensionAccess'>;
}

/** Keeps the list of models that VS Code gets up to date. What answers the requests is a bundle of its own. */
export function registerProvider(
  house: House,
  gateways: GatewayFeature,
  models: ModelFeature,
  provider: ModelProvider,
  addGateway: () => Promise<boolean>,
): ProviderFeature {
  const nativeChat = lazily(async () => {
    const { NativeChat: Loaded } = await import('./nativeChat');
    return new Loaded({
      ...house,
      ...gateways,
      ...models,
      addGateway,
      offer: (offered) => provider.offer(offered),
    });
  });
  const warn = house.warnOfFailure("Updating the models of VS Code's chat");
  const update = (): void => {
    nativeChat()
      .then((chat) => chat.updateOffer())
      .catch(warn);
  };
  const bringUpToDate = async (): Promise<void> => {
    if (!provider.isOutdated) return;
    if (provider.hasModels || (await gateways.gateways.ready()).length > 0) update();
  };
  bringUpToDate().catch(warn);
  for (const { changed } of [gateways.gateways, models.choice]) house.subscriptions.add(changed.on(update));
  return {
    nativeChat,
    commands: {
      'parley.useInNativeChat': async () => {
        await (await nativeChat()).setUp();
      },
      'parley.manageExtensionAccess': async () => {
        await (await nativeChat()).manageAccess();
      },
    },
  };
}
