import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModelPrices } from '../../../../src/core/models/modelPrices';
import { readModelList } from '../../../../src/gateway/endpoints/readModelList';
import { readPriceList } from '../../../../src/gateway/endpoints/readPrices';

const listed = (pricing: unknown): ModelPrices | undefined =>
  readModelList({ data: [{ id: 'm', pricing }] })?.[0]?.prices;

const ratios = (entry: object, group_ratio: unknown = { default: 1 }): ModelPrices | undefined =>
  readPriceList({
    success: true,
    data: [{ model_name: 'm', quota_type: 0, ...entry }],
    group_ratio,
  }).get('m');

describe('prices in a list of models', () => {
  it('are read per token, as OpenRouter writes them', () => {
    assert.deepEqual(listed({ prompt: '0.000003', completion: '0.000015', request: '0', image: '0' }), {
      input: 3,
      output: 15,
    });
    assert.deepEqual(listed({ prompt: '0', completion: '0' }), { input: 0, output: 0 });
    assert.deepEqual(listed({ prompt: '0.0000001', completion: '0.0000007', request: '0.005' }), {
      input: 0.1,
      output: 0.7,
      request: 0.005,
    });
    assert.deepEqual(listed({ input: '0.00000125', output: '0.00001' }), { input: 1.25, output: 10 });
  });

  it('are unknown if they vary, or if their unit is not certain', () => {
    for (const pricing of [
      { prompt: '-1', completion: '-1' },
      { prompt: 3, completion: 15 },
      { prompt: '3', completion: '15' },
      { prompt: 'cheap' },
      { hourly: 0, input: 0.2, output: 0.4 },
      'free',
      null,
      [],
    ])
      assert.equal(listed(pricing), undefined, JSON.stringify(pricing));
  });
});

describe("New API's price list", () => {
  it('has prices by ratio, and prices per request', () => {
    assert.deepEqual(ratios({ model_ratio: 1.5, completion_ratio: 5 }), { input: 3, output: 15 });
    assert.deepEqual(ratios({ model_ratio: 0.075, completion_ratio: 4 }), { input: 0.15, output: 0.6 });
    assert.deepEqual(ratios({ quota_type: 1, model_price: 0.1, model_ratio: 0 }), { request: 0.1 });
  });

  it('is multiplied by the ratio of the user group, and says if groups differ', () => {
    const groups = { default: 1, vip: 0.5, other: 3 };
    const entry = { model_ratio: 1, completion_ratio: 4 };
    assert.deepEqual(ratios({ ...entry, enable_groups: ['vip'] }, groups), { input: 1, output: 4 });
    assert.deepEqual(ratios({ ...entry, enable_groups: ['default', 'vip'] }, groups), {
      input: 1,
      output: 4,
      isLowest: true,
    });
    assert.deepEqual(ratios({ ...entry, enable_groups: ['all'] }, { a: 2, b: 2 }), { input: 4, output: 16 });
  });

  it('tells no price that is not configured, has tiers or has no group', () => {
    for (const entry of [
      { model_ratio: 37.5, completion_ratio: 1 },
      { model_ratio: 1, completion_ratio: 2, billing_expr: 'p <= 200000 ? 1 : 2' },
      { model_ratio: 1, completion_ratio: 2, enable_groups: ['gone'] },
      { completion_ratio: 2 },
      { quota_type: 2, model_ratio: 1 },
      { quota_type: 1 },
    ])
      assert.equal(ratios(entry), undefined, JSON.stringify(entry));
    assert.equal(ratios({ model_ratio: 1 }, null), undefined);
  });

  it('can be any value', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (page, entry, groups) => {
        readPriceList(page);
        readPriceList({
          data: [entry, { model_name: 'm', quota_type: 0, model_ratio: groups }],
          group_ratio: groups,
        });
        listed(entry);
      }),
    );
  });
});
