import { equal, ok } from 'node:assert/strict';
import { fillInTokens } from '../../../../src/core/models/fillInTokens';

/** What the prompt of each model is, for the prefix `a` and the suffix `b`. */
const prompts: readonly (readonly [modelId: string, prompt: string])[] = [
  ['qwen2.5-coder:7b-base', '<|fim_prefix|>a<|fim_suffix|>b<|fim_middle|>'],
  ['google/codegemma-2b', '<|fim_prefix|>a<|fim_suffix|>b<|fim_middle|>'],
  ['bigcode/starcoder2-15b', '<fim_prefix>a<fim_suffix>b<fim_middle>'],
  ['ibm-granite/granite-8b-code-base-4k', '<fim_prefix>a<fim_suffix>b<fim_middle>'],
  ['granite3.3:8b', '<fim_prefix>a<fim_suffix>b<fim_middle>'],
  ['granite-34b-code-base', '<fim_prefix>a<fim_suffix>b<fim_middle>'],
  ['ByteDance-Seed/Seed-Coder-8B-Base', '<[fim-suffix]>b<[fim-prefix]>a<[fim-middle]>'],
  ['deepseek-coder-6.7b-base', '<｜fim▁begin｜>a<｜fim▁hole｜>b<｜fim▁end｜>'],
  ['codellama:7b-code', '<PRE> a <SUF>b <MID>'],
  ['codestral-22b', '[SUFFIX]b[PREFIX]a'],
];

describe('the tokens around a gap in a text', () => {
  for (const [modelId, prompt] of prompts)
    it(`are those of ${modelId}`, () => {
      equal(fillInTokens(modelId)?.prompt('a', 'b'), prompt);
    });

  it('end a completion that contains one', () => {
    for (const [modelId] of prompts) {
      const tokens = fillInTokens(modelId);
      ok(
        tokens?.stop.some((token) => tokens.prompt('', '').includes(token)),
        modelId,
      );
    }
  });

  for (const modelId of ['gpt-5', 'codegeex4-all-9b', 'granite-4.0-h-small', 'granite4:tiny-h'])
    it(`are not known of ${modelId}, so nothing is guessed`, () => {
      equal(fillInTokens(modelId), undefined);
    });
});
