import type { ModelDescription } from '../../core/models/gateway';
import type { ModelPrices } from '../../core/models/modelPrices';
import { asArray, asCount, asObject, type ReplyObject } from '../json/replyObject';

/** No model costs as much as this, in US dollars per million tokens or per request. The number then has another unit. */
const highest = 10_000;

/** US dollars per million tokens of the prompt when the ratio is 1 (New API, `relay/helper/price.go`). */
const dollarsPerRatio = 2;

/** New API's ratio of a model whose price the operator has not set. */
const unsetRatio = 37.5;

/**
 * Reads `pricing` of a model in a list: OpenRouter and its relatives write US dollars per token, as strings. A number may have
 * any unit, so it is not read. Neither is a negative price, which means that it varies.
 *
 * @returns An object without `prices` if none is known.
 */
export function readPrices(model: ReplyObject): Pick<ModelDescription, 'prices'> {
  const pricing = asObject(model.pricing);
  const perToken = (value: unknown): number | undefined => {
    const price = typeof value === 'string' ? asCount(value) : undefined;
    return price === undefined ? undefined : plausible(price * 1_000_000);
  };
  const input = perToken(pricing?.prompt ?? pricing?.input);
  const output = perToken(pricing?.completion ?? pricing?.output);
  const request = typeof pricing?.request === 'string' ? asCount(pricing.request) : undefined;
  return pricesOf({
    input,
    output,
    cachedInput: perToken(pricing?.input_cache_read),
    cacheWrite: perToken(pricing?.input_cache_write),
    request: request === 0 ? undefined : request,
  });
}

/**
 * Reads the price list of New API (`GET /api/pricing`): ratios by model and by user group. The group of the key is unknown; if
 * the groups of a model have different ratios, the prices are the lowest ones and say so.
 *
 * @param page The parsed reply. Undefined: the gateway sent no price list.
 * @returns The prices by model id.
 */
export function readPriceList(page: unknown): ReadonlyMap<string, ModelPrices> {
  const list = asObject(page);
  const groups = asObject(list?.group_ratio);
  const prices = new Map<string, ModelPrices>();
  for (const item of asArray(list?.data)) {
    const entry = asObject(item);
    const name = entry?.model_name;
    if (entry === undefined || typeof name !== 'string') continue;
    const read = groups === undefined ? undefined : readRatios(entry, groups);
    if (read !== undefined) prices.set(name, read);
  }
  return prices;
}

function readRatios(entry: ReplyObject, groups: ReplyObject): ModelPrices | undefined {
  // Prices by the length of the prompt.
  if (typeof entry.billing_expr === 'string' && entry.billing_expr !== '') return undefined;
  const names = asArray(entry.enable_groups).filter((name) => typeof name === 'string');
  const wanted = names.length === 0 || names.includes('all') ? Object.keys(groups) : names;
  const known = new Map<string, unknown>(Object.entries(groups));
  const ratios = wanted.map((name) => asCount(known.get(name))).filter((ratio) => ratio !== undefined);
  const lowest = ratios.length === 0 ? undefined : Math.min(...ratios.slice(0, 1_000));
  if (lowest === undefined) return undefined;
  const isLowest = ratios.some((ratio) => ratio !== lowest);
  if (entry.quota_type === 1) {
    const price = asCount(entry.model_price);
    return price === undefined
      ? undefined
      : pricesOf({ request: plausible(price * lowest) }, isLowest).prices;
  }
  const ratio = asCount(entry.model_ratio);
  if (entry.quota_type !== 0 || ratio === undefined || ratio === unsetRatio) return undefined;
  const input = ratio * dollarsPerRatio * lowest;
  const times = (factor: number | undefined): number | undefined =>
    factor === undefined ? undefined : plausible(input * factor);
  return pricesOf(
    {
      input: plausible(input),
      output: times(asCount(entry.completion_ratio)),
      cachedInput: times(asCount(entry.cache_ratio)),
      cacheWrite: times(asCount(entry.create_cache_ratio)),
    },
    isLowest,
  ).prices;
}

function pricesOf(
  read: {
    readonly input?: number | undefined;
    readonly output?: number | undefined;
    readonly cachedInput?: number | undefined;
    readonly cacheWrite?: number | undefined;
    readonly request?: number | undefined;
  },
  isLowest = false,
): Pick<ModelDescription, 'prices'> {
  const { input, output, request, cachedInput, cacheWrite } = read;
  if (input === undefined && output === undefined && request === undefined) return {};
  return {
    prices: {
      ...(input !== undefined && { input }),
      ...(output !== undefined && { output }),
      ...(cachedInput !== undefined && { cachedInput }),
      ...(cacheWrite !== undefined && { cacheWrite }),
      ...(request !== undefined && { request }),
      ...(isLowest && { isLowest }),
    },
  };
}

/** Rounds what the multiplication of decimal fractions leaves; undefined for a number that cannot be a price. */
function plausible(price: number): number | undefined {
  return price <= highest ? Number(price.toPrecision(10)) : undefined;
}
