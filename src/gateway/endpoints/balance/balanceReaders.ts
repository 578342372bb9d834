import type { Balance, BalanceUnit } from '../../../core/models/balance';
import type { BalanceRequest } from '../../../core/models/balanceRequest';
import { currencyCode } from '../../../shared/text/currencyCode';
import { amountIn, fieldsOf, numberIn } from './amountIn';
import type { Site } from './readSite';

/** A limit and a usage from which no balance can be calculated: the usage is above the limit, or the limit is itself a balance. */
export interface UnclearFigures {
  readonly limit: number;
  readonly used: number;
}

/** One API and New API write this limit for a key without a limit. */
const noLimit = 100_000_000;

const dollars: BalanceUnit = { kind: 'currency', code: 'USD' };

/** Reads `GET /api/usage/token/` of New API. Undefined if the reply has another shape. */
function readTokenUsage(page: unknown, site: Site): Balance | undefined {
  const data = fieldsOf(fieldsOf(page)['data']);
  const left = numberIn(data['total_available']);
  const used = numberIn(data['total_used']);
  if (data['unlimited_quota'] === true)
    return withoutLimit(used === undefined ? undefined : site.ofQuota(used));
  // Without this field, the key may have no limit, and the number is then no balance.
  if (left === undefined || data['unlimited_quota'] !== false) return undefined;
  return { left: [site.ofQuota(left)], scope: 'key' };
}

/**
 * Reads `GET /dashboard/billing/subscription` and `…/usage` of One API, New API and their relatives: the limit, and what was
 * used in hundredths. Undefined if a reply has another shape.
 */
function readBilling(
  subscription: unknown,
  usage: unknown,
  site: Site,
): Balance | UnclearFigures | undefined {
  const limit = numberIn(fieldsOf(subscription)['hard_limit_usd']);
  const hundredths = numberIn(fieldsOf(usage)['total_usage']);
  const used = hundredths === undefined ? undefined : hundredths / 100;
  const { billingUnit: unit, addsUp } = site;
  if (limit === noLimit) return withoutLimit(used === undefined ? undefined : amountIn(used, unit));
  if (limit === undefined || used === undefined) return undefined;
  // One API may send the balance in the field of the limit. The difference is then below the balance, or even negative.
  if (!addsUp && used > limit) return { limit, used };
  const left = [amountIn(limit - used, unit)];
  return { left, scope: 'unstated', ...(!addsUp && used > 0 && { isLowerBound: true }) };
}

/** Reads `GET /user/balance` of DeepSeek: one entry for each currency, with numbers in strings. */
function readDeepSeek(page: unknown): Balance | undefined {
  const { balance_infos: infos, is_available: isAvailable } = fieldsOf(page);
  if (!Array.isArray(infos) || infos.length === 0 || infos.length > 10) return undefined;
  const amounts = infos.map((info) => {
    const { currency, total_balance: total } = fieldsOf(info);
    const code = typeof currency === 'string' ? currencyCode(currency) : undefined;
    const amount = numberIn(total);
    return code === undefined || amount === undefined
      ? undefined
      : amountIn(amount, { kind: 'currency', code });
  });
  const known = amounts.filter((amount) => amount !== undefined);
  // An entry that cannot be read may be the larger one.
  if (known.length < amounts.length) return undefined;
  const some = known.filter(({ amount }) => amount !== 0);
  return {
    left: some.length === 0 ? known.slice(0, 1) : some,
    scope: 'account',
    ...(isAvailable === false && { isTooLow: true }),
  };
}

/** The currency of SiliconFlow's two sites. Its reply names none. */
const siliconFlowUnits: Readonly<Record<string, BalanceUnit>> = {
  'api.siliconflow.cn': { kind: 'currency', code: 'CNY' },
  'api.siliconflow.com': dollars,
};

/** Reads `GET /v1/user/info` of SiliconFlow. */
function readSiliconFlow(page: unknown, host: string): Balance | undefined {
  const total = numberIn(fieldsOf(fieldsOf(page)['data'])['totalBalance']);
  if (total === undefined) return undefined;
  const unit = Object.hasOwn(siliconFlowUnits, host) ? siliconFlowUnits[host] : undefined;
  return { left: [amountIn(total, unit ?? { kind: 'unstated' })], scope: 'account' };
}

/** Reads `GET /api/v1/key` of OpenRouter. `limit_remaining` is null for a key without a limit. */
function readOpenRouterKey(page: unknown): Balance | undefined {
  const data = fieldsOf(fieldsOf(page)['data']);
  const left = numberIn(data['limit_remaining']);
  const used = numberIn(data['usage']);
  if (left !== undefined) return { left: [amountIn(left, dollars)], scope: 'key' };
  if (data['limit'] !== null && data['limit_remaining'] !== null) return undefined;
  return withoutLimit(used === undefined ? undefined : amountIn(used, dollars));
}

/** Reads `GET /api/v1/credits` of OpenRouter. */
function readOpenRouterCredits(page: unknown): Balance | undefined {
  const data = fieldsOf(fieldsOf(page)['data']);
  const bought = numberIn(data['total_credits']);
  const used = numberIn(data['total_usage']);
  if (bought === undefined || used === undefined) return undefined;
  return { left: [amountIn(bought - used, dollars)], scope: 'account' };
}

/** Reads `GET /v1/balance` and `GET /v1/user/balance` of APIMart, whose documentation names no currency. */
function readApiMart(page: unknown, scope: 'key' | 'account'): Balance | undefined {
  const given = fieldsOf(page);
  const fields = 'remain_balance' in given ? given : fieldsOf(given['data']);
  const left = numberIn(fields['remain_balance']);
  const used = numberIn(fields['used_balance']);
  const unit: BalanceUnit = { kind: 'unstated' };
  // A negative balance, usually -1, means that there is no limit.
  if (fields['unlimited_quota'] === true || (left !== undefined && left < 0))
    return withoutLimit(used === undefined || used < 0 ? undefined : amountIn(used, unit));
  return left === undefined ? undefined : { left: [amountIn(left, unit)], scope };
}

/** Reads the reply to the user's own request. Undefined if there is no number at the place that the user chose. */
function readOwn(page: unknown, { value, currency, divideBy = 1 }: BalanceRequest): Balance | undefined {
  const number = numberIn(valueAt(page, value));
  const code = currency === undefined ? undefined : currencyCode(currency);
  const unit: BalanceUnit = code === undefined ? { kind: 'unstated' } : { kind: 'currency', code };
  return number === undefined ? undefined : { left: [amountIn(number / divideBy, unit)], scope: 'unstated' };
}

/** Returns the value at a path such as `data.items.0.amount`; undefined if the path does not exist. */
function valueAt(page: unknown, path: string): unknown {
  let value = page;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

function withoutLimit(used: Balance['used']): Balance {
  return { left: [], scope: 'key', ...(used !== undefined && { used }) };
}

/**
 * Reads the replies of the balance routes. A reader returns undefined for a reply of another shape, and for a number that it cannot
 * read with certainty.
 */
export const balanceReaders = {
  tokenUsage: readTokenUsage,
  billing: readBilling,
  deepSeek: readDeepSeek,
  siliconFlow: readSiliconFlow,
  openRouterKey: readOpenRouterKey,
  openRouterCredits: readOpenRouterCredits,
  apiMart: readApiMart,
  own: readOwn,
};
