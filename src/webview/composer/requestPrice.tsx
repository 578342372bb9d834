import type { JSX } from 'preact';
import type { PanelState, RequestPrice as Price } from '../../shared/messages/toView';
import type { Translate } from '../../shared/kit/translate';
import { formatPrice } from '../../shared/text/formatMoney';
import { usePanel } from '../state/panelParts';

/** The id of the element, for the description of the button "Send". */
export const requestPriceId = 'request-price';

/** What the next prompt costs at models that are paid per request. Draws nothing for other models. */
export function RequestPrice(): JSX.Element | null {
  const { store, language, t } = usePanel();
  const prices = requestPricesOf(store.state.value);
  if (prices.length === 0) return null;
  return (
    <p class="request-price" id={requestPriceId}>
      {describe(prices, language, t)}
    </p>
  );
}

/** The prices of one request at each model of the next prompt that is paid per request. */
export function requestPricesOf(state: PanelState | null): readonly Price[] {
  const compared = state?.comparison ?? [];
  const models = compared.length > 0 ? compared : [state?.model];
  return models.flatMap((model) => model?.requestPrice ?? []);
}

/** The prices in different currencies stay apart. */
function describe(prices: readonly Price[], language: string, t: Translate): string {
  const sums = [...new Set(prices.map(({ currency }) => currency))].map((currency) => {
    const same = prices.filter((price) => price.currency === currency);
    const amount = same.reduce((sum, price) => sum + price.amount, 0);
    return formatPrice(amount, currency, language);
  });
  const money = sums.join(' + ');
  const isLowest = prices.some((price) => price.isLowest === true);
  if (prices.some((price) => price.hasTokenPrice === true))
    return isLowest
      ? t('From {0} per request, plus tokens', money)
      : t('About {0} per request, plus tokens', money);
  return isLowest ? t('From {0} per request', money) : t('About {0} per request', money);
}
