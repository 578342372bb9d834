import assert from 'node:assert/strict';
import { modelFacts } from '../../../../src/core/models/modelFacts';

describe('modelFacts', () => {
  for (const [id, window] of [
    ['gpt-4o-mini', 128_000],
    ['gpt-5.1-codex', 400_000],
    ['gpt-5-chat-latest', 128_000],
    ['openai/o3', 200_000],
    ['claude-sonnet-4-20250514', 200_000],
    ['gemini-2.5-flash', 1_048_576],
    ['deepseek-v3.2', 128_000],
    ['deepseek-v4-pro', 1_000_000],
    ['deepseek/deepseek-v4', 1_000_000],
    ['grok-4-fast-reasoning', 2_000_000],
    ['x-ai/grok-4', 256_000],
    ['claude-sonnet-4-6', 1_000_000],
    ['anthropic/claude-opus-5', 1_000_000],
    ['claude-4-5-sonnet', 200_000],
    ['kimi-k2.5', 262_144],
    ['z-ai/glm-4.7', 200_000],
    ['openai/gpt-oss-120b', 131_072],
    ['deepseek-r1:1.5b', undefined],
    ['deepseek-r1-distill-qwen-7b', undefined],
    ['deepseek-r1:latest', undefined],
    ['gpt-oss-20b-Q4_K_M.gguf', undefined],
    ['demo-o3x', undefined],
    ['llama3.2:3b', undefined],
  ] as const) {
    it(`knows the context window ${window ?? 'unknown'} of ${id}`, () => {
      assert.equal(modelFacts(id).contextWindow, window);
    });
  }
});
