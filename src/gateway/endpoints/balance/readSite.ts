import type { BalanceAmount, BalanceUnit } from '../../../core/models/balance';
import { amountIn, fieldsOf, numberIn } from './amountIn';

/** The longest sign of a site's own currency, in UTF-16 units. */
const longestSymbol = 8;

const dollars: BalanceUnit = { kind: 'currency', code: 'USD' };
const quotaUnits: BalanceUnit = { kind: 'quota' };

/** How a site with the software New API or One API writes amounts. */
export interface Site {
  /** Converts units of quota as the site itself shows them. */
  readonly ofQuota: (quota: number) => BalanceAmount;
  /** The unit of the fields `…_usd` and `total_usage` of its billing routes, whatever their names say. */
  readonly billingUnit: BalanceUnit;
  /** True for New API, whose limit is the sum of balance and usage. One API sometimes reports the balance alone as the limit. */
  readonly addsUp: boolean;
}

/** A site that tells nothing: its quota has no known price, and its billing routes have no known unit. */
const unknownSite: Site = {
  ofQuota: (quota) => amountIn(quota, quotaUnits),
  billingUnit: { kind: 'unstated' },
  addsUp: false,
};

/** Reads `GET /api/status` of New API and One API. Undefined: the site has no such page. */
export function readSite(page: unknown): Site {
  const status = fieldsOf(fieldsOf(page)['data']);
  const perDollar = numberIn(status['quota_per_unit']);
  const type = status['quota_display_type'];
  const addsUp = typeof type === 'string' && type !== '';
  const showsQuota = addsUp ? type.toUpperCase() === 'TOKENS' : status['display_in_currency'] === false;
  if (showsQuota) return { ...unknownSite, billingUnit: quotaUnits, addsUp };
  if (perDollar === undefined || perDollar <= 0) return unknownSite;
  const inDollars: Site = {
    ofQuota: (quota) => amountIn(quota / perDollar, dollars),
    billingUnit: dollars,
    addsUp,
  };
  const times = (rate: unknown, unit: BalanceUnit): Pick<Site, 'ofQuota'> | undefined => {
    const factor = numberIn(rate);
    if (factor === undefined || factor <= 0) return undefined;
    return { ofQuota: (quota) => amountIn((quota / perDollar) * factor, unit) };
  };
  switch (addsUp ? type.toUpperCase() : '') {
    case 'CNY': {
      const yuan: BalanceUnit = { kind: 'currency', code: 'CNY' };
      return { ...inDollars, ...times(status['usd_exchange_rate'], yuan), billingUnit: yuan };
    }
    case 'CUSTOM': {
      const symbol = symbolIn(status['custom_currency_symbol']);
      const rate = status['custom_currency_exchange_rate'];
      // The billing routes of such a site still count in US dollars.
      return { ...inDollars, ...(symbol !== undefined && times(rate, { kind: 'symbol', symbol })) };
    }
    default:
      return inDollars;
  }
}

function symbolIn(value: unknown): string | undefined {
  const symbol = typeof value === 'string' ? value.replaceAll(/[\p{C}\p{Z}]/gu, '') : '';
  return symbol === '' || symbol.length > longestSymbol ? undefined : symbol;
}
