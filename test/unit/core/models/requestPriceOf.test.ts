import { deepEqual } from 'node:assert/strict';
import type { ModelPrices } from '../../../../src/core/models/modelPrices';
import { requestPriceOf } from '../../../../src/core/models/requestPriceOf';

const cases: readonly (readonly [string, ModelPrices, object])[] = [
  ['a price per request', { request: 0.3 }, { amount: 0.3, currency: 'USD' }],
  ['another currency', { request: 2, currency: 'cny' }, { amount: 2, currency: 'CNY' }],
  ['tokens beside it', { request: 0.3, input: 1 }, { amount: 0.3, currency: 'USD', hasTokenPrice: true }],
  ['several groups', { request: 0.3, isLowest: true }, { amount: 0.3, currency: 'USD', isLowest: true }],
];

describe('the price of one request', () => {
  for (const [name, prices, requestPrice] of cases) {
    it(`is told with ${name}`, () => {
      deepEqual(requestPriceOf({ id: 'm', prices }), { requestPrice });
    });
  }

  it('is not told for a free request, for tokens alone, and when it is unknown', () => {
    for (const prices of [{}, { request: 0 }, { input: 3, output: 15 }, { request: 1, currency: '??' }])
      deepEqual(requestPriceOf({ id: 'm', prices }), {});
    deepEqual(requestPriceOf({ id: 'm' }), {});
  });
});
