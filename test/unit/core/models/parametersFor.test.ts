import assert from 'node:assert/strict';
import { parametersFor } from '../../../../src/core/models/parametersFor';
import { reasonInEnglish } from '../../../../src/shared/failure/failureReason';

const model = { gatewayId: 'apimart', modelId: 'openai/gpt-5' };

describe('parametersFor', () => {
  it('adds nothing that the user did not set', () => {
    assert.deepEqual(parametersFor({}, model), { ok: true, parameters: {} });
    assert.deepEqual(parametersFor({ 'other/*': { temperature: 1 } }, model), { ok: true, parameters: {} });
  });

  it('collects the parameters of every matching glob; later globs override earlier ones', () => {
    const setting = { '*': { temperature: 1, seed: 7 }, 'apimart/*gpt-5': { temperature: 0.2 } };
    assert.deepEqual(parametersFor(setting, model), { ok: true, parameters: { temperature: 0.2, seed: 7 } });
  });

  it('applies parameters outside of any glob to every model', () => {
    const flat = (setting: Readonly<Record<string, unknown>>): unknown => {
      const checked = parametersFor(setting, model);
      return checked.ok ? checked.parameters : checked.problem.name;
    };
    assert.deepEqual(flat({ temperature: 0 }), { temperature: 0 });
    assert.deepEqual(flat({ stop: ['a'], logit_bias: { 1: 2 } }), { stop: ['a'], logit_bias: { 1: 2 } });
    assert.deepEqual(flat({ temperature: 0, '*/gpt-5': { temperature: 1 } }), { temperature: 1 });
    assert.deepEqual(flat({ temperature: 0, 'other/*': { temperature: 1 } }), { temperature: 0 });
    assert.equal(flat({ temperature: 3 }), 'parameter-number-between');
  });

  it('compares a glob without a slash with the model id', () => {
    const ids = (glob: string, modelId: string): boolean => {
      const checked = parametersFor({ [glob]: { seed: 1 } }, { gatewayId: 'lab', modelId });
      return checked.ok && checked.parameters['seed'] === 1;
    };
    assert.ok(ids('gpt-5', 'gpt-5'));
    assert.ok(ids('gpt-5*', 'gpt-5-mini'));
    assert.ok(ids('*', 'gpt-5'));
    assert.ok(!ids('gpt-5', 'gpt-5-mini'));
    assert.ok(!ids('lab', 'gpt-5'));
  });

  for (const [parameter, value, range] of [
    ['temperature', 2.1, 'from 0 to 2'],
    ['temperature', '0.5', 'from 0 to 2'],
    ['top_p', -0.1, 'from 0 to 1'],
    ['max_tokens', 0, 'at least 1'],
    ['max_tokens', 1.5, 'an integer'],
    ['presence_penalty', 3, 'from -2 to 2'],
    ['frequency_penalty', Number.NaN, 'from -2 to 2'],
    ['stop', ['a', 'b', 'c', 'd', 'e'], '1 to 4 strings'],
    ['stop', [1], '1 to 4 strings'],
  ] as const) {
    it(`refuses ${parameter} ${JSON.stringify(value)} with its name, range and value`, () => {
      const checked = parametersFor({ '*': { [parameter]: value } }, model);
      assert.equal(checked.ok, false);
      const problem = reasonInEnglish(checked.problem);
      for (const part of [parameter, range, JSON.stringify(value)])
        assert.ok(problem.includes(part), problem);
    });
  }

  for (const reserved of ['model', 'messages', 'stream']) {
    it(`does not let a setting replace the field ${reserved}`, () => {
      assert.equal(parametersFor({ '*': { [reserved]: true } }, model).ok, false);
    });
  }

  it('accepts top_logprobs only together with logprobs', () => {
    const together = { '*': { logprobs: true }, 'apimart/*': { top_logprobs: 5 } };
    assert.deepEqual(parametersFor(together, model), {
      ok: true,
      parameters: { logprobs: true, top_logprobs: 5 },
    });
    for (const alone of [{ top_logprobs: 5 }, { logprobs: false, top_logprobs: 5 }]) {
      const checked = parametersFor({ '*': alone }, model);
      assert.equal(checked.ok, false);
      assert.match(reasonInEnglish(checked.problem), /top_logprobs requires logprobs/);
    }
  });

  it('accepts several answers', () => {
    assert.deepEqual(parametersFor({ '*': { n: 3 } }, model), { ok: true, parameters: { n: 3 } });
  });

  it('keeps unknown parameters unchanged', () => {
    const checked = parametersFor({ '*': { top_k: 40 } }, model);
    assert.deepEqual(checked, { ok: true, parameters: { top_k: 40 } });
  });
});
