import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeModelRow } from '../../../../src/core/models/describeModelRow';
import type { ModelDescription } from '../../../../src/core/models/gateway';
import { createTranslate } from '../../../../src/shared/kit/translate';

const english = createTranslate({});
const chinese = createTranslate(
  JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Record<string, string>,
);

function row(
  model: Omit<ModelDescription, 'id'>,
  more: { name?: string; gatewayName?: string } = {},
): string {
  const facts = { model: { id: 'm', ...model }, name: more.name ?? 'm', gatewayName: more.gatewayName };
  return describeModelRow(facts, english, 'en');
}

describe('the description of a model in a list', () => {
  it('contains the gateway, the window, the abilities, the prices and the id, in this order', () => {
    const model: ModelDescription = {
      id: 'anthropic/claude-opus',
      contextWindow: 200_000,
      vision: true,
      tools: true,
      reasoning: true,
      prices: { input: 5, output: 25 },
    };
    const facts = { model, name: 'Claude Opus', gatewayName: 'Lab' };
    assert.equal(
      describeModelRow(facts, english, 'en'),
      'Lab · 200K · pictures, tools, reasoning · $5 in, $25 out per 1M · anthropic/claude-opus',
    );
    assert.equal(
      describeModelRow(facts, chinese, 'zh-cn'),
      'Lab · 200K · 图片、工具、推理 · 输入 $5，输出 $25 / 百万 token · anthropic/claude-opus',
    );
  });

  it('leaves out what is unknown or absent', () => {
    assert.equal(row({}), '');
    assert.equal(row({ vision: false, tools: false, reasoning: false, media: true }), '');
    assert.equal(row({}, { gatewayName: 'Lab' }), 'Lab');
    assert.equal(row({ loaded: true }), 'loaded');
    assert.equal(row({ loaded: false }), '');
    assert.equal(row({ prices: {} }), '');
  });

  it('writes the window as its maker does', () => {
    const windows = new Map([
      [512, '512'],
      [4_096, '4K'],
      [16_385, '16K'],
      [32_768, '32K'],
      [65_536, '64K'],
      [128_000, '128K'],
      [131_072, '128K'],
      [200_000, '200K'],
      [262_144, '256K'],
      [1_000_000, '1M'],
      [1_047_576, '1M'],
      [1_048_576, '1M'],
      [1_500_000, '1.5M'],
      [2_097_152, '2M'],
      [10_000_000, '10M'],
    ]);
    for (const [tokens, text] of windows) assert.equal(row({ contextWindow: tokens }), text, String(tokens));
  });

  it('writes the prices that are known, and no other', () => {
    const prices: readonly (readonly [ModelDescription['prices'], string])[] = [
      [{ input: 0, output: 0 }, 'free'],
      [{ request: 0 }, 'free'],
      [{ output: 0 }, ''],
      [{ input: 0.15, output: 0.6 }, '$0.15 in, $0.60 out per 1M'],
      [{ input: 0.075, output: 12.5 }, '$0.075 in, $12.50 out per 1M'],
      [{ input: 0, output: 2 }, '$0 in, $2 out per 1M'],
      [{ input: 3 }, '$3 in per 1M'],
      [{ output: 3 }, '$3 out per 1M'],
      [{ request: 0.02 }, '$0.02 per request'],
      [{ input: 1, output: 2, request: 0.005 }, '$1 in, $2 out per 1M + $0.005 per request'],
      [{ input: 1, output: 8, isLowest: true }, 'from $1 in, from $8 out per 1M'],
      [{ input: 2, output: 8, currency: 'CNY' }, '¥2 in, ¥8 out per 1M'],
      [{ input: 2, output: 8, currency: 'cny' }, '¥2 in, ¥8 out per 1M'],
    ];
    for (const [known, text] of prices) {
      assert.equal(row(known === undefined ? {} : { prices: known }), text, JSON.stringify(known));
    }
  });

  it('can be written for any prices and windows', () => {
    const price = fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), { nil: undefined });
    const prices = fc.record({ input: price, output: price, request: price, currency: fc.string() });
    fc.assert(
      fc.property(
        prices,
        fc.nat(),
        fc.constantFrom('en', 'zh-cn', 'de'),
        (values, contextWindow, language) => {
          const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
          const model = { id: 'm', contextWindow, prices: known };
          const text = describeModelRow({ model, name: 'm', gatewayName: 'Lab' }, english, language);
          assert.ok(text.startsWith('Lab · '));
          assert.doesNotMatch(text, /undefined|NaN|false|· $|·\s*·/);
        },
      ),
    );
  });
});
