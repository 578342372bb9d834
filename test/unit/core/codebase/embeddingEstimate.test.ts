import { deepStrictEqual, equal } from 'node:assert/strict';
import { estimateEmbedding } from '../../../../src/core/codebase/embeddingEstimate';

describe('the estimate of an embedding', () => {
  it('counts files and tokens, rounded to two digits', () => {
    deepStrictEqual(estimateEmbedding([7_000, 350, 0], undefined), { files: 3, tokens: 2_100 });
  });

  it('has a price in US dollars if the gateway names no currency', () => {
    const { price } = estimateEmbedding([3_500_000], { input: 0.02 });
    deepStrictEqual(price, { amount: 0.02, currency: 'USD' });
  });

  it('has a price in the currency of the gateway', () => {
    equal(estimateEmbedding([3_500_000], { input: 0.5, currency: 'CNY' }).price?.currency, 'CNY');
  });

  it('has no price if only the price of answers is known', () => {
    equal(estimateEmbedding([3_500_000], { output: 2 }).price, undefined);
  });
});
