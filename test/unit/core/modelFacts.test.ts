import assert from 'node:assert/strict';
import { modelFacts } from '../../../src/core/modelFacts';

describe('model facts', () => {
  for (const [id, window] of [
    ['gpt-4o-mini', 128_000],
    ['gpt-5.1-codex', 400_000],
    ['gpt-5-chat-latest', 128_000],
    ['openai/o3', 200_000],
    ['claude-sonnet-4-20250514', 200_000],
    ['gemini-2.5-flash', 1_048_576],
    ['deepseek-v3.2', 128_000],
    ['demo-o3x', undefined],
    ['llama3.2:3b', undefined],
  ] as const) {
    it(`takes the window of ${id} for ${window ?? 'unknown'}`, () => {
      assert.equal(modelFacts(id).contextWindow, window);
    });
  }
});
