import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import {
  chooseEffortForm,
  effortFields,
  effortForms,
  effortFormsFor,
  refusedLevel,
  refusesEffort,
} from '../../../../src/core/models/effortForms';
import { withUnsupportedParameter } from '../../../../src/core/models/withUnsupportedParameter';

/** As it is stored on disk. */
const effortEntry = (field: string): string => `effort as ${field}`;
const lacksNothing = (): boolean => false;
const field = fc.constantFrom(...effortFields);
const level = fc.oneof(
  fc.constantFrom('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
  fc.string(),
);
const learned = fc.array(
  fc.oneof(
    field,
    field.map(effortEntry),
    fc.tuple(field, level).map((pair) => refusedLevel(...pair)),
  ),
);
const place = fc.record({
  hostname: fc.oneof(fc.domain(), fc.constantFrom('openrouter.ai', 'api.deepseek.com', 'api.siliconflow.cn')),
  gatewayId: fc.oneof(fc.string(), fc.constantFrom('vllm', 'constructor')),
  modelId: fc.oneof(
    fc.string(),
    fc.constantFrom('qwen3-32b', 'glm-5', 'claude-opus-4-8', 'gemini-2.5-flash'),
  ),
});

describe('The forms of the thinking effort', () => {
  it('each have a public source, and write their own field', () => {
    for (const name of effortFields) {
      const form = effortForms[name];
      equal(form.field, name);
      ok(form.sources.length > 0);
      for (const source of form.sources) equal(new URL(source).protocol, 'https:');
      for (const one of ['none', 'low', 'a word of one model'])
        ok(name in form.write(one, lacksNothing), `${name} ${one}`);
    }
  });

  it('write what the documentation says', () => {
    const write = (name: (typeof effortFields)[number], one: string): unknown =>
      effortForms[name].write(one, lacksNothing);
    deepEqual(write('reasoning_effort', 'low'), { reasoning_effort: 'low' });
    deepEqual(write('reasoning', 'none'), { reasoning: { effort: 'none' } });
    deepEqual(write('thinking', 'none'), { thinking: { type: 'disabled' } });
    deepEqual(write('thinking', 'high'), { thinking: { type: 'enabled' }, reasoning_effort: 'high' });
    deepEqual(write('enable_thinking', 'none'), { enable_thinking: false });
    deepEqual(write('enable_thinking', 'low'), { enable_thinking: true, thinking_budget: 4096 });
    deepEqual(write('chat_template_kwargs', 'none'), {
      chat_template_kwargs: { enable_thinking: false, thinking: false },
    });
    deepEqual(write('chat_template_kwargs', 'high'), {
      chat_template_kwargs: { enable_thinking: true, thinking: true, reasoning_effort: 'high' },
    });
    deepEqual(write('extra_body', 'none'), {
      extra_body: { google: { thinking_config: { thinking_budget: 0 } } },
    });
  });

  it('leave out a field beside the main one if the model refuses it', () => {
    deepEqual(
      effortForms.thinking.write('high', (one) => one === 'reasoning_effort'),
      { thinking: { type: 'enabled' } },
    );
    deepEqual(
      effortForms.enable_thinking.write('high', (one) => one === 'thinking_budget'),
      { enable_thinking: true },
    );
  });

  it('take only budgets that SiliconFlow accepts, from 128 to 32768', () => {
    fc.assert(
      fc.property(level, (one) => {
        const { thinking_budget: budget = 128 } = effortForms.enable_thinking.write(one, lacksNothing) as {
          readonly thinking_budget?: number;
        };
        ok(budget >= 128 && budget <= 32_768);
      }),
    );
  });

  for (const [hostname, gatewayId, modelId, first] of [
    ['openrouter.ai', 'openrouter', 'qwen/qwen3-32b', 'reasoning'],
    ['api.deepseek.com', 'deepseek', 'deepseek-chat', 'thinking'],
    ['open.bigmodel.cn', 'glm', 'glm-5', 'thinking'],
    ['ark.cn-beijing.volces.com', 'ark', 'doubao-seed-1-6', 'thinking'],
    ['dashscope.aliyuncs.com', 'ali', 'qwen-plus', 'enable_thinking'],
    ['dashscope-intl.aliyuncs.com', 'ali', 'deepseek-v3.2', 'enable_thinking'],
    ['api.siliconflow.cn', 'sf', 'zai-org/GLM-4.6', 'enable_thinking'],
    ['api.openai.com', 'openai', 'gpt-5', 'reasoning_effort'],
    ['generativelanguage.googleapis.com', 'gemini', 'gemini-2.5-flash', 'reasoning_effort'],
    ['127.0.0.1', 'llamacpp', 'gpt-oss-20b', 'chat_template_kwargs'],
    ['127.0.0.1', 'vllm', 'some-model', 'chat_template_kwargs'],
    ['127.0.0.1', 'ollama', 'gpt-oss:20b', 'reasoning_effort'],
    ['gateway.example', 'mine', 'Qwen/Qwen3-32B', 'enable_thinking'],
    ['gateway.example', 'mine', 'glm-4.7', 'thinking'],
    ['gateway.example', 'mine', 'gpt-5', 'reasoning_effort'],
    ['openrouter.ai.example', 'mine', 'gpt-5', 'reasoning_effort'],
  ] as const)
    it(`begin with ${first} for ${modelId} at ${hostname}`, () => {
      equal(effortFormsFor(hostname, gatewayId, modelId)[0], first);
    });

  it('are tried until one is left, and a form that was refused is never chosen', () => {
    fc.assert(
      fc.property(place, level, learned, ({ hostname, gatewayId, modelId }, one, entries) => {
        const forms = effortFormsFor(hostname, gatewayId, modelId);
        const known = new Set(entries);
        const tried: string[] = [];
        for (;;) {
          const form = chooseEffortForm(forms, one, known);
          if (form === undefined) break;
          ok(!known.has(form.field) && !known.has(refusedLevel(form.field, one)));
          ok(!tried.includes(form.field));
          tried.push(form.field);
          known.add(form.field);
        }
        ok(forms.every((name) => known.has(name) || known.has(refusedLevel(name, one))));
        ok(tried.length <= effortFields.length);
      }),
    );
  });

  it('follow the form that is known to work', () => {
    const known = new Set([effortEntry('enable_thinking')]);
    equal(chooseEffortForm(['reasoning_effort'], 'low', known)?.field, 'enable_thinking');
  });

  it('are remembered one at a time, and a form that works is no longer refused', () => {
    const refused = withUnsupportedParameter(['temperature', effortEntry('reasoning')], 'thinking');
    const works = withUnsupportedParameter(refused, effortEntry('thinking'));
    deepEqual(works, ['temperature', effortEntry('thinking')]);
    equal(chooseEffortForm(['reasoning_effort'], 'low', new Set(works))?.field, 'thinking');
  });

  it('are told from other unsupported parameters', () => {
    ok(refusesEffort('thinking') && refusesEffort('reasoning_effort none'));
    ok(!refusesEffort('reasoning_effort with tools'));
    ok(!refusesEffort('temperature') && !refusesEffort('role order'));
  });
});
