import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Pricing } from '../../../../src/core/models/modelPrices';
import { withCost } from '../../../../src/core/models/withCost';
import type { Cost } from '../../../../src/shared/answer/cost';
import type { Usage } from '../../../../src/shared/answer/usage';

const listed = (prices: Pricing['prices']): Pricing => ({ prices, source: 'listed' });
const costOf = (usage: Usage, prices: Pricing['prices']): Cost | undefined =>
  withCost(usage, listed(prices)).cost;
const some: Usage = { promptTokens: 1_204, completionTokens: 380, totalTokens: 1_584 };
const usd = { currency: 'USD', source: 'listed' } as const;

/** Usage, prices and the cost; undefined where the cost is unknown. */
const costs: Readonly<Record<string, readonly [Usage, Pricing['prices'], Cost | undefined]>> = {
  'tokens times prices': [some, { input: 3, output: 15 }, { ...usd, amount: 0.009312 }],
  'a tiny cost without dust': [
    { promptTokens: 3, completionTokens: 3 },
    { input: 0.1, output: 0.2 },
    { ...usd, amount: 0.0000009 },
  ],
  'a price per request beside the tokens': [some, { request: 0.05 }, { ...usd, amount: 0.05 }],
  'both kinds of price': [some, { input: 3, output: 15, request: 0.01 }, { ...usd, amount: 0.019312 }],
  'nothing for a free model': [some, { input: 0, output: 0 }, { ...usd, amount: 0 }],
  "the price's currency": [
    some,
    { input: 2, output: 8, currency: 'cny' },
    { ...usd, currency: 'CNY', amount: 0.005448 },
  ],
  'cached tokens at their own price, with what they saved': [
    { ...some, cachedTokens: 1_000 },
    { input: 3, output: 15, cachedInput: 0.3 },
    { ...usd, amount: 0.006612, saved: 0.0027 },
  ],
  'cached tokens at the full price, as an approximation': [
    { ...some, cachedTokens: 1_000 },
    { input: 3, output: 15 },
    { ...usd, amount: 0.009312, doubts: ['cache'] },
  ],
  'tokens stored in the cache at their own price': [
    { ...some, cacheWriteTokens: 1_000 },
    { input: 3, output: 15, cacheWrite: 3.75 },
    { ...usd, amount: 0.010062 },
  ],
  'a cache that is larger than the prompt, beside it': [
    { promptTokens: 100, completionTokens: 0, cachedTokens: 1_000 },
    { input: 3, output: 15, cachedInput: 0.3 },
    { ...usd, amount: 0.0006, saved: 0.0027, doubts: ['cache'] },
  ],
  'reasoning that the answer does not include': [
    { promptTokens: 10, completionTokens: 20, reasoningTokens: 70, totalTokens: 100 },
    { input: 0, output: 10 },
    { ...usd, amount: 0.0009 },
  ],
  'reasoning that the answer includes, once': [
    { promptTokens: 10, completionTokens: 90, reasoningTokens: 70, totalTokens: 100 },
    { input: 0, output: 10 },
    { ...usd, amount: 0.0009 },
  ],
  'the answer as the rest of the total': [
    { promptTokens: 10, totalTokens: 100 },
    { input: 0, output: 10 },
    { ...usd, amount: 0.0009 },
  ],
  'estimated tokens, as an approximation': [
    { ...some, estimated: true },
    { input: 3, output: 15 },
    { ...usd, amount: 0.009312, doubts: ['tokens'] },
  ],
  'estimated tokens exactly when only the request has a price': [
    { ...some, estimated: true },
    { request: 0.05 },
    { ...usd, amount: 0.05 },
  ],
  'the lowest price of several groups, as an approximation': [
    some,
    { input: 3, output: 15, isLowest: true },
    { ...usd, amount: 0.009312, doubts: ['group'] },
  ],
  'no cost without prices': [some, {}, undefined],
  'no cost without a price of the answer': [some, { input: 3 }, undefined],
  'no cost without a price of the prompt': [some, { output: 3 }, undefined],
  'no cost without counts': [{}, { input: 3, output: 15 }, undefined],
  'no cost with a total alone': [{ totalTokens: 100 }, { input: 3, output: 15 }, undefined],
  'no cost for zeros': [{ promptTokens: 0, completionTokens: 0 }, { input: 3, output: 15 }, undefined],
  'no cost in a currency that is none': [some, { input: 3, output: 15, currency: 'credits' }, undefined],
  'a prompt alone, for a model without answers': [
    { promptTokens: 1_000, completionTokens: 0 },
    { input: 0.02 },
    { ...usd, amount: 0.00002 },
  ],
};

describe('the cost of a request', () => {
  for (const [name, [usage, prices, cost]] of Object.entries(costs)) {
    it(`is ${name}`, () => {
      deepEqual(costOf(usage, prices), cost);
    });
  }

  it('is what the gateway reports, whatever the prices are', () => {
    const reported: Cost = { amount: 0.5, currency: 'USD', source: 'reported' };
    deepEqual(withCost({ ...some, cost: reported }, undefined).cost, reported);
    deepEqual(costOf({ ...some, cost: reported }, { input: 3, output: 15 }), reported);
    const saving = costOf({ ...some, cachedTokens: 1_000, cost: reported }, { input: 3, cachedInput: 0.3 });
    deepEqual(saving, { ...reported, saved: 0.0027 });
  });

  it('does not say what the cache saved in another currency than that of the cost', () => {
    const reported: Cost = { amount: 0.5, currency: 'USD', source: 'reported' };
    const prices = { input: 3, cachedInput: 0.3, currency: 'CNY' };
    deepEqual(costOf({ ...some, cachedTokens: 1_000, cost: reported }, prices), reported);
  });

  it('names whose prices they are', () => {
    equal(withCost(some, { prices: { request: 1 }, source: 'settings' }).cost?.source, 'settings');
  });

  it('keeps the counts, is never negative, and is within the prices', () => {
    const count = fc.option(fc.nat({ max: 2_000_000 }), { nil: undefined });
    const price = fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }), { nil: undefined });
    const usages = fc.record({
      promptTokens: count,
      completionTokens: count,
      totalTokens: count,
      cachedTokens: count,
      cacheWriteTokens: count,
      reasoningTokens: count,
    });
    const prices = fc.record({
      input: price,
      output: price,
      cachedInput: price,
      cacheWrite: price,
      request: price,
    });
    const known = <Fields extends object>(
      fields: Fields,
    ): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
    fc.assert(
      fc.property(usages, prices, (counts, given) => {
        const usage: Usage = known(counts);
        const { cost, ...rest } = withCost(usage, listed(known(given)));
        deepEqual(rest, usage);
        if (cost === undefined) return;
        const { input = 0, output = 0, cachedInput = 0, cacheWrite = 0, request = 0 } = given;
        const highest = Math.max(input, output, cachedInput, cacheWrite);
        const counted = [rest.promptTokens, rest.completionTokens, rest.totalTokens, rest.cachedTokens];
        const tokens = [...counted, rest.cacheWriteTokens, rest.reasoningTokens].reduce<number>(
          (sum, value) => sum + 2 * (value ?? 0),
          0,
        );
        ok(cost.amount >= 0 && cost.amount <= ((highest * tokens) / 1_000_000 + request) * 1.000001);
        ok(cost.saved === undefined || cost.saved > 0);
      }),
    );
  });
});
