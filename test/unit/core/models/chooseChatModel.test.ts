import assert from 'node:assert/strict';
import { chooseChatModel, isChatModel } from '../../../../src/core/models/chooseChatModel';

const models = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

describe('chooseChatModel', () => {
  for (const id of [
    'text-embedding-3-large',
    'whisper-1',
    'tts-1-hd',
    'gpt-4o-mini-tts',
    'dall-e-3',
    'gpt-image-1',
    'flux-kontext-pro',
    'mj_imagine',
    'veo-3.1-fast',
    'bge-reranker-v2',
    'omni-moderation-latest',
  ]) {
    it(`does not count ${id} as a chat model`, () => {
      assert.equal(isChatModel({ id }), false);
    });
  }

  for (const id of [
    'gpt-5',
    'claude-4-5-sonnet',
    'deepseek-v3.2',
    'grok-4-0709',
    'glm-4-plus',
    'qwen-max',
    'llama3.2:3b',
    'o3',
    'doubao-pro',
  ]) {
    it(`counts ${id} as a chat model`, () => {
      assert.equal(isChatModel({ id }), true);
    });
  }

  it("chooses the gateway's default if it is in the list", () => {
    assert.equal(chooseChatModel(models('gpt-4o', 'strange-1'), 'strange-1')?.id, 'strange-1');
  });

  it('chooses a preferred model if the default is not in the list', () => {
    assert.equal(chooseChatModel(models('text-embedding-3', 'zephyr', 'gpt-4o'), 'gpt-5')?.id, 'gpt-4o');
  });

  it('chooses the first chat model if no model is preferred', () => {
    assert.equal(chooseChatModel(models('whisper-1', 'zephyr-7b', 'other'), undefined)?.id, 'zephyr-7b');
  });

  it('chooses nothing from an empty list', () => {
    assert.equal(chooseChatModel([], 'gpt-5'), undefined);
  });
});
