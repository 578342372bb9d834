import { deepEqual, equal } from 'node:assert/strict';
import { costInHeaders, readCost } from '../../../../../src/gateway/reply/fields/readCost';
import { readUsage } from '../../../../../src/gateway/reply/fields/readUsage';

const usd = (amount: number): object => ({ amount, currency: 'USD', source: 'reported' });

/** The field `usage` of a reply, and the cost in it; undefined for none. */
const usages: Readonly<Record<string, readonly [object, object | undefined]>> = {
  'of OpenRouter': [{ cost: 0.00014, is_byok: false }, usd(0.00014)],
  'of OpenRouter with a key of the user': [
    { cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.019 } },
    usd(0.02),
  ],
  'of OpenRouter without the cost of the provider twice': [
    { cost: 0.02, is_byok: false, cost_details: { upstream_inference_cost: 0.02 } },
    usd(0.02),
  ],
  'of OpenRouter for a free model': [{ cost: 0 }, usd(0)],
  'of LiteLLM with dust': [{ cost: 0.0009884999999999998 }, usd(0.0009885)],
  'as a string': [{ cost: '0.0012' }, usd(0.0012)],
  'of Perplexity': [{ cost: { input_tokens_cost: 0.001, total_cost: 0.006 } }, usd(0.006)],
  'of xAI': [{ cost_in_usd_ticks: 318_319_000 }, usd(0.0318319)],
  'of DeepInfra, which calls it an estimate': [
    { estimated_cost: 0.0003 },
    { ...usd(0.0003), doubts: ['gateway'] },
  ],
  'in another currency': [
    { cost: 0.2, currency: 'cny' },
    { ...usd(0.2), currency: 'CNY' },
  ],
  'not in an unknown unit': [{ cost: 12, currency: 'credits' }, undefined],
  'not from null': [{ cost: null }, undefined],
  'not below zero': [{ cost: -1 }, undefined],
  'not from an infinite number': [{ cost: Infinity }, undefined],
  'not from words': [{ cost: 'free' }, undefined],
  'not from an amount that no request costs': [{ cost: 5e9 }, undefined],
};

describe('the cost that a gateway reports', () => {
  for (const [name, [usage, cost]] of Object.entries(usages)) {
    it(`is read ${name}`, () => {
      deepEqual(readCost(usage), cost);
    });
  }

  it('is read without any count of tokens', () => {
    deepEqual(readUsage({ prompt_tokens: 0, cost: 0.01 }), { cost: usd(0.01) });
    equal(readUsage({ prompt_tokens: 0 }), undefined);
  });

  it("is read from LiteLLM's header, whose 0 says nothing", () => {
    deepEqual(costInHeaders({ 'x-litellm-response-cost': '0.0009885' }), usd(0.0009885));
    for (const value of ['0.0', '0', 'None', '', '-1']) {
      equal(costInHeaders({ 'x-litellm-response-cost': value }), undefined, value);
    }
    equal(costInHeaders({}), undefined);
  });
});
