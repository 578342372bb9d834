import type { PanelState } from '../../shared/messages/toView';

/**
 * The name of a model's gateway if the panel displays it: when several gateways are ready, or when the only ready one is another
 * gateway.
 *
 * @param state Null before the host has sent it.
 * @returns undefined if the name of the model is enough; the id of a gateway that no longer exists.
 */
export function gatewayNameOf(
  state: Pick<PanelState, 'gateways'> | null,
  gatewayId: string,
): string | undefined {
  const gateways = state?.gateways ?? [];
  const ready = gateways.filter((gateway) => gateway.ready);
  if (ready.length === 0 || (ready.length === 1 && ready[0]?.id === gatewayId)) return undefined;
  return gateways.find(({ id }) => id === gatewayId)?.name ?? gatewayId;
}

/** "gpt-5 · Lab", or only the name of the model. */
export function withGateway(modelName: string, gatewayName: string | undefined): string {
  return gatewayName === undefined ? modelName : `${modelName} · ${gatewayName}`;
}
