import type { JSX } from 'preact';
import { usePanel } from '../state/panelParts';
import { GatewayCards } from './gatewayCards';
import { Mark } from './mark';
import { Starters } from './starters';

/** The view of an empty conversation: the way to a first gateway, or to a first prompt. */
export function Welcome(): JSX.Element {
  const { store, t } = usePanel();
  const state = store.state.value;
  const ready = state?.gateways.some((gateway) => gateway.ready) === true || (state?.model ?? null) !== null;
  return (
    <section class="welcome" aria-label={t('Welcome')}>
      <div class="welcome-content">
        <Mark />
        {ready ? <Starters /> : <GatewayCards />}
      </div>
    </section>
  );
}
