import assert from 'node:assert/strict';
import { estimateTokenCount } from 'tokenx';
import { effortEntry, refusedLevel } from '../../../../src/core/models/effortForms';
import { estimateTokens } from '../../../../src/core/provider/estimateTokens';
import {
  offeredModel,
  type OfferedModel,
  type OfferedModelFacts,
} from '../../../../src/core/provider/offeredModel';

function offered(facts: Partial<OfferedModelFacts> = {}): OfferedModel {
  const modelId = facts.reference?.modelId ?? 'gpt-4o';
  return offeredModel(
    {
      reference: { gatewayId: 'loopback', modelId },
      name: modelId,
      model: { id: modelId },
      gateway: {
        id: 'loopback',
        name: 'Loopback',
        baseUrl: 'https://api.example.com/v1',
        auth: 'bearer',
        headers: {},
        models: [],
        extraBody: {},
      },
      contextWindow: null,
      learned: new Set(),
      ...facts,
    },
    (text, ...values) => text.replaceAll(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)])),
    'en',
  );
}

describe('offeredModel', () => {
  it('tells the gateway, the window, the abilities and the price', () => {
    const model = {
      id: 'gpt-4o',
      contextWindow: 128_000,
      vision: true,
      tools: true,
      prices: { input: 2.5, output: 10 },
    };
    const { about, id, gatewayName } = offered({ model, contextWindow: 128_000 });
    assert.equal(about, 'Loopback · 128K · pictures, tools · $2.50 in, $10 out per 1M');
    assert.deepEqual([id, gatewayName], ['loopback/gpt-4o', 'Loopback']);
  });

  it('gives models with the same id at two gateways different ids', () => {
    const one = offered({ reference: { gatewayId: 'a', modelId: 'x/y' } });
    const other = offered({ reference: { gatewayId: 'b', modelId: 'x/y' } });
    assert.notEqual(one.id, other.id);
  });

  it('divides the window into prompt and answer', () => {
    const sizes = (facts: Partial<OfferedModelFacts>): readonly number[] => {
      const { maxInput, maxOutput } = offered(facts);
      return [maxInput, maxOutput];
    };
    assert.deepEqual(sizes({}), [112_000, 16_000]);
    assert.deepEqual(sizes({ contextWindow: 8_000 }), [6_000, 2_000]);
    assert.deepEqual(
      sizes({ contextWindow: 400_000, model: { id: 'm', maxOutput: 128_000 } }),
      [272_000, 128_000],
    );
    // Some lists give the whole window as the longest answer.
    assert.deepEqual(sizes({ contextWindow: 100, model: { id: 'm', maxOutput: 100 } }), [50, 50]);
    for (const contextWindow of [0, 1, 2, 3, 1.5])
      assert.ok(sizes({ contextWindow }).every((size) => size >= 1));
  });

  it('offers tools and pictures unless the model is known to take none', () => {
    const abilities = ({ tools, pictures }: OfferedModel): readonly boolean[] => [tools, pictures];
    assert.deepEqual(abilities(offered()), [true, true]);
    assert.deepEqual(abilities(offered({ model: { id: 'm', tools: false, vision: false } })), [false, false]);
    assert.deepEqual(abilities(offered({ learned: new Set(['tools', 'array content']) })), [false, false]);
  });

  it('offers effort only for models that take it, without the levels that were refused', () => {
    assert.equal(offered().efforts, undefined);
    const all = ['none', 'low', 'medium', 'high'];
    assert.deepEqual(offered({ model: { id: 'm', reasoning: true } }).efforts, all);
    const checked = new Set([effortEntry('reasoning_effort'), refusedLevel('reasoning_effort', 'none')]);
    const forms = new Set([...checked, 'reasoning', 'thinking']);
    assert.deepEqual(offered({ learned: forms }).efforts, all.slice(1));
  });

  it("tells VS Code the model's family, by which it chooses its prompts", () => {
    const family = (modelId: string): string => offered({ reference: { gatewayId: 'g', modelId } }).family;
    assert.equal(family('anthropic/Claude-Sonnet-4.5:free'), 'claude-sonnet-4.5');
    assert.equal(family('gpt-5'), 'gpt-5');
    assert.equal(family('odd/'), 'odd/');
  });
});

describe('estimateTokens', () => {
  const samples: Record<string, string> = {
    English: 'The quick brown fox jumps over the lazy dog. '.repeat(20),
    Chinese: '敏捷的棕色狐狸跳过了懒狗。'.repeat(40),
    code: 'export function add(left: number, right: number): number {\n  return left + right;\n}\n'.repeat(
      10,
    ),
  };
  for (const [name, sample] of Object.entries(samples)) {
    it(`is near the count of a tokenizer for ${name}`, () => {
      const counted = estimateTokenCount(sample);
      const estimated = estimateTokens(sample);
      assert.ok(estimated > counted / 2 && estimated < counted * 2, `${estimated} instead of ${counted}`);
    });
  }

  it('reads only the beginning of a long text', () => {
    assert.equal(estimateTokens('a'.repeat(4_000_000)), 1_000_000);
    assert.equal(estimateTokens(''), 0);
  });
});
