import type { PanelState } from '../../shared/messages/toView';

/** False before the first gateway is ready: prompts then wait for one. */
export function canAsk(state: PanelState | null): boolean {
  return state?.gateways.some((gateway) => gateway.ready) === true || (state?.model ?? null) !== null;
}
