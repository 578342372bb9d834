import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { lazyComponent } from '../kit/lazyComponent';
import { canAsk } from '../state/canAsk';
import { usePanel } from '../state/panelParts';
import { Mark } from './mark';
import { Starters } from './starters';

/** Only new users see the cards. */
const GatewayCards = lazyComponent(async () => (await import('./gatewayCards')).GatewayCards);

/** The view of an empty conversation: the way to a first gateway, or to a first prompt. */
export function Welcome(): JSX.Element {
  const { store, t } = usePanel();
  const state = store.state.value;
  const isReady = canAsk(state);
  const sawCards = useRef(false);
  if (!isReady) sawCards.current = true;
  return (
    <section class="welcome" aria-label={t('Welcome')}>
      <div class="welcome-content">
        <Mark />
        <p class="welcome-ready" role="status">
          {isReady &&
            sawCards.current &&
            state?.model &&
            t('{0} is ready. Model: {1}', state.model.gatewayName, state.model.name)}
        </p>
        {isReady ? <Starters /> : <GatewayCards />}
      </div>
    </section>
  );
}
