import type { Cost } from '../../shared/answer/cost';
import type { Usage } from '../../shared/answer/usage';
import { currencyCode } from '../../shared/text/currencyCode';
import type { ModelPrices, Pricing } from './modelPrices';

const million = 1_000_000;

type Doubt = NonNullable<Cost['doubts']>[number];

/** The tokens of a request by their price. */
interface BilledTokens {
  /** Prompt tokens that the cache neither served nor stored. */
  readonly fresh: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  /** False if the counts contradict each other, so that the split of the prompt is uncertain. */
  readonly isConsistent: boolean;
}

/**
 * Adds the cost of a request to its token counts. A cost that the gateway reported stays. Otherwise the cost is tokens times
 * prices. If a price or a count that matters is unknown, the cost is unknown and nothing is added.
 *
 * @param pricing The prices of the model; undefined when unknown.
 */
export function withCost(usage: Usage, pricing: Pricing | undefined): Usage {
  const tokens = billedTokens(usage);
  const prices = pricing?.prices;
  const currency = currencyCode(prices?.currency ?? 'USD');
  const cost =
    usage.cost ?? (pricing === undefined ? undefined : calculate(usage, pricing, tokens, currency));
  if (cost === undefined) return usage;
  const saved = tokens === undefined || prices === undefined ? 0 : savedByCache(tokens, prices);
  return {
    ...usage,
    cost: saved > 0 && cost.currency === currency ? { ...cost, saved: withoutDust(saved) } : cost,
  };
}

function calculate(
  usage: Usage,
  { prices, source }: Pricing,
  tokens: BilledTokens | undefined,
  currency: string | undefined,
): Cost | undefined {
  const { input, output, request } = prices;
  if (currency === undefined) return undefined;
  const hasTokenPrice = input !== undefined || output !== undefined;
  if (!hasTokenPrice && request === undefined) return undefined;
  const doubts: Doubt[] = prices.isLowest === true ? ['group'] : [];
  let amount = request ?? 0;
  if (hasTokenPrice) {
    const ofTokens = tokens === undefined ? undefined : tokenCost(tokens, prices);
    if (ofTokens === undefined) return undefined;
    amount += ofTokens;
    const isFree = ofTokens === 0;
    if (!isFree && usage.estimated === true) doubts.push('tokens');
    if (!isFree && tokens !== undefined && hasUnknownCachePrice(tokens, prices)) doubts.push('cache');
  }
  return { amount: withoutDust(amount), currency, source, ...(doubts.length > 0 && { doubts }) };
}

/** Undefined if the price of some of the tokens is unknown. */
function tokenCost(
  { fresh, cached, written, output }: BilledTokens,
  prices: ModelPrices,
): number | undefined {
  if (fresh + cached + written > 0 && prices.input === undefined) return undefined;
  if (output > 0 && prices.output === undefined) return undefined;
  const { input = 0, cachedInput = input, cacheWrite = input } = prices;
  return (
    (fresh * input + cached * cachedInput + written * cacheWrite + output * (prices.output ?? 0)) / million
  );
}

function hasUnknownCachePrice(tokens: BilledTokens, prices: ModelPrices): boolean {
  return (
    (tokens.cached > 0 && prices.cachedInput === undefined) ||
    (tokens.written > 0 && prices.cacheWrite === undefined) ||
    !tokens.isConsistent
  );
}

function savedByCache({ cached }: BilledTokens, { input, cachedInput }: ModelPrices): number {
  return input === undefined || cachedInput === undefined ? 0 : (cached * (input - cachedInput)) / million;
}

/** Undefined if the counts of prompt and answer are not both known. */
function billedTokens(usage: Usage): BilledTokens | undefined {
  const { promptTokens: prompt, totalTokens = 0, reasoningTokens = 0 } = usage;
  const { cachedTokens: cached = 0, cacheWriteTokens: written = 0 } = usage;
  if (prompt === undefined) return undefined;
  const completion = usage.completionTokens ?? (totalTokens > prompt ? totalTokens - prompt : undefined);
  if (completion === undefined || prompt + completion === 0) return undefined;
  // Some gateways do not count the reasoning as part of the answer. Their total tells.
  const isApart = reasoningTokens > 0 && totalTokens === prompt + completion + reasoningTokens;
  const output = isApart ? completion + reasoningTokens : completion;
  const isConsistent = cached + written <= prompt;
  // A cache that is larger than the prompt is not part of its count.
  return { fresh: isConsistent ? prompt - cached - written : prompt, cached, written, output, isConsistent };
}

/** Removes the digits that only the arithmetic of fractions leaves. */
function withoutDust(amount: number): number {
  return Number(amount.toPrecision(12));
}
