import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ModelSearch, type ModelTexts } from '../../../../src/core/models/modelSearch';

const model = (id: string, name = id, gatewayName = 'Lab', gatewayId = 'lab-1'): ModelTexts => ({
  id,
  name,
  gatewayName,
  gatewayId,
});

function idsFor(query: string, models: readonly ModelTexts[]): readonly string[] {
  return new ModelSearch(models, (texts) => texts).find(query).map(({ id }) => id);
}

function finds(query: string, texts: ModelTexts): boolean {
  return idsFor(query, [texts]).length === 1;
}

describe('searching models', () => {
  it('finds the words of a query in any order', () => {
    const opus = model('anthropic/claude-opus-4.5-thinking', 'Claude Opus 4.5 (Thinking)');
    for (const query of ['opus think', 'think opus', 'claude 4.5 thinking', 'opus anthropic', 'pus hin'])
      assert.ok(finds(query, opus), query);
    for (const query of ['opus sonnet', 'opus thinks', 'gpt']) assert.ok(!finds(query, opus), query);
  });

  it('finds words of the gateway together with words of the model', () => {
    const models = [
      model('gpt-5', 'GPT-5', 'Lab', 'lab'),
      model('gpt-5', 'GPT-5', 'OpenRouter', 'router'),
      model('qwen3', 'Qwen 3', 'Lab', 'lab'),
    ];
    const search = new ModelSearch(models, (texts) => texts);
    assert.deepEqual(search.find('lab gpt'), [models[0]]);
    assert.deepEqual(search.find('gpt router'), [models[1]]);
    assert.deepEqual(search.find('GPT open'), [models[1]]);
    assert.deepEqual(search.find('lab'), [models[0], models[2]]);
  });

  it('ignores hyphens and other punctuation of an id', () => {
    assert.ok(finds('gpt4o', model('gpt-4o')));
    assert.ok(finds('qwen3coder', model('Qwen/Qwen3-Coder:free')));
    assert.ok(finds('gpt-4-o', model('gpt-4o')));
    assert.ok(!finds('--', model('gpt4o')));
  });

  it('ignores case, accents and the width of letters, and reads Chinese', () => {
    assert.ok(finds('ＧＰＴ－５', model('gpt-5')));
    assert.ok(finds('gpt　mini', model('gpt-5-mini')), 'ideographic space');
    assert.ok(finds('melange', model('m', 'Mélange')));
    assert.ok(finds('MÉLANGE', model('m', 'melange')));
    assert.ok(finds('İSTANBUL', model('istanbul')));
    assert.ok(finds('strasse', model('Straße')));
    assert.ok(finds('思考 通义', model('qwen-max', '通义千问 Max（思考）')));
    assert.ok(finds('实验室 千问', model('qwen-max', '通义千问', '我的实验室')));
    assert.ok(finds('max千问', model('qwen-max', 'max·千问')));
  });

  it('returns the best matches first, and equal ones in their order', () => {
    const models = ['my-gpt-5', 'xgpt-5', 'gpt-5-mini', 'gpt-5', 'openai/gpt-5', 'gpt-5-nano'].map((id) =>
      model(id),
    );
    assert.deepEqual(idsFor('gpt-5', models), [
      'gpt-5',
      'openai/gpt-5',
      'gpt-5-mini',
      'gpt-5-nano',
      'my-gpt-5',
      'xgpt-5',
    ]);
    assert.deepEqual(
      idsFor('lab', [model('other'), model('lab-2')]),
      ['lab-2', 'other'],
      'a name comes before a gateway',
    );
  });

  it('returns all models in their order for a query without words', () => {
    const models = ['b', 'a', 'c'].map((id) => model(id));
    for (const query of ['', '  ', '　']) assert.deepEqual(idsFor(query, models), ['b', 'a', 'c']);
  });

  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  const texts = fc.record({ id: text, name: text, gatewayName: text, gatewayId: text });

  it('finds each model by any pieces of its texts, in any order', () => {
    const picks = fc.array(fc.tuple(fc.nat(3), fc.nat(29), fc.integer({ min: 1, max: 10 })), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(texts, picks, (given, chosen) => {
        const sources = [given.id, given.name, given.gatewayName, given.gatewayId];
        const pieces = chosen.map(([source, start, length]) =>
          // A piece of a composed letter is no letter, so pieces are cut between letters.
          [...new Intl.Segmenter().segment(sources[source] ?? '')]
            .slice(start, start + length)
            .map(({ segment }) => segment)
            .join(''),
        );
        assert.ok(finds(pieces.join(' '), given));
      }),
    );
  });

  it('does not depend on the case of the query or on the order of its words', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 20 }), fc.array(text, { maxLength: 4 }), (models, words) => {
        const found = new Set(idsFor(words.join(' '), models));
        for (const query of [
          words.toReversed().join(' '),
          words.join(' ').toUpperCase(),
          words.join(' ').normalize('NFD'),
          `  ${words.join('　')} `,
        ])
          assert.deepEqual(new Set(idsFor(query, models)), found, query);
      }),
    );
  });
});
