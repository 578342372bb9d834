import type { RequestPrice } from '../../shared/messages/toView';
import { currencyCode } from '../../shared/text/currencyCode';
import type { ModelDescription } from './gateway';

/** The price of one request at a model, for the panel; empty for a model that is not paid per request. */
export function requestPriceOf({ prices = {} }: ModelDescription): { readonly requestPrice?: RequestPrice } {
  const { request = 0, input = 0, output = 0, isLowest } = prices;
  const currency = currencyCode(prices.currency ?? 'USD');
  if (request === 0 || currency === undefined) return {};
  return {
    requestPrice: {
      amount: request,
      currency,
      ...(isLowest === true && { isLowest }),
      ...(input + output > 0 && { hasTokenPrice: true }),
    },
  };
}
