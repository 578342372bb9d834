import type { Cost } from '../../../shared/answer/cost';
import { currencyCode } from '../../../shared/text/currencyCode';
import { asCount, asObject, type ReplyObject } from '../../json/replyObject';

/** No request costs as much as this. The number then has another unit. */
const highest = 100_000;

/** xAI counts in ticks of a US dollar. */
const ticksPerDollar = 10_000_000_000;

/**
 * Reads the cost that a gateway reports in `usage`: `cost` (OpenRouter, LiteLLM), `cost.total_cost` (Perplexity),
 * `cost_in_usd_ticks` (xAI) or `estimated_cost` (DeepInfra). The amounts are US dollars unless `currency` names another currency.
 * Undefined if no cost can be read.
 */
export function readCost(usage: ReplyObject): Cost | undefined {
  const ticks = asCount(usage.cost_in_usd_ticks);
  if (ticks !== undefined) return costOf(ticks / ticksPerDollar, 'USD');
  const currency = usage.currency ?? asObject(usage.cost)?.currency ?? 'USD';
  const code = typeof currency === 'string' ? currencyCode(currency) : undefined;
  if (code === undefined) return undefined;
  const cost = asCount(usage.cost) ?? asCount(asObject(usage.cost)?.total_cost);
  if (cost !== undefined) return costOf(cost + ownKeyCost(usage), code);
  const estimate = costOf(asCount(usage.estimated_cost), code);
  return estimate === undefined ? undefined : { ...estimate, doubts: ['gateway'] };
}

/**
 * Reads the cost that LiteLLM reports in a header, in US dollars. It sends 0 also for a model whose prices it does not know, so 0
 * says nothing.
 */
export function costInHeaders(headers: Readonly<Record<string, string>>): Cost | undefined {
  const cost = costOf(asCount(headers['x-litellm-response-cost']), 'USD');
  return cost?.amount === 0 ? undefined : cost;
}

/** With a key of the user's own, OpenRouter charges only its fee. The provider charges the rest to that key. */
function ownKeyCost(usage: ReplyObject): number {
  if (usage.is_byok !== true) return 0;
  return asCount(asObject(usage.cost_details)?.upstream_inference_cost) ?? 0;
}

function costOf(amount: number | undefined, currency: string): Cost | undefined {
  if (amount === undefined || amount > highest) return undefined;
  return { amount: Number(amount.toPrecision(12)), currency, source: 'reported' };
}
