import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { modelName } from '../../../../src/core/models/modelName';

describe('modelName', () => {
  const paths: Readonly<Record<string, string>> = {
    '/models/chat.gguf': 'chat.gguf',
    './models/chat.gguf': 'chat.gguf',
    '../chat.gguf': 'chat.gguf',
    '~/models/chat.gguf': 'chat.gguf',
    'models/chat.gguf': 'chat.gguf',
    'C:\\models\\chat.gguf': 'chat.gguf',
    'd:/models/chat.gguf': 'chat.gguf',
    '\\\\server\\share\\chat.gguf': 'chat.gguf',
    'file:///models/chat.gguf': 'chat.gguf',
    '/models/Qwen3-8B': 'Qwen3-8B',
    '/models/Qwen3-8B/': 'Qwen3-8B',
    '/root/.cache/huggingface/hub/models--Qwen--Qwen3-8B': 'models--Qwen--Qwen3-8B',
    '/模型/聊天.gguf': '聊天.gguf',
    '/my models/chat v2.gguf': 'chat v2.gguf',
    '/models/chat-00001-of-00003.gguf': 'chat-00001-of-00003.gguf',
    'Qwen/Qwen3-8B-GGUF/qwen3-8b-q4_k_m.gguf': 'qwen3-8b-q4_k_m.gguf',
    'weights\\chat.safetensors': 'chat.safetensors',
  };
  for (const [id, name] of Object.entries(paths)) {
    it(`is the last part of the path ${id}`, () => {
      equal(modelName(id, undefined), name);
      equal(modelName('x', id), name);
    });
  }

  const ids = [
    'gpt-5',
    'chat.gguf',
    'Qwen/Qwen3-8B',
    'accounts/fireworks/models/llama-v3',
    'openrouter/anthropic/claude-sonnet-4.5',
    'models/gemini-2.5-pro',
    'hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M',
    'llama3.2:latest',
    '@cf/meta/llama-3-8b',
    'deepseek/deepseek-r1:free',
    'org/model.v2',
    'a:b',
    '/',
    '~/',
    'C:\\',
    '',
  ];
  for (const id of ids) {
    it(`is ${JSON.stringify(id)} unchanged`, () => {
      equal(modelName(id, undefined), id);
    });
  }

  it('is the name from the gateway or the settings', () => {
    equal(modelName('/models/chat.gguf', 'My Chat'), 'My Chat');
    equal(modelName('/models/chat.gguf', ' '), 'chat.gguf');
  });

  it('is never empty unless the id is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (id) => {
        equal(modelName(id, undefined) === '', false);
      }),
    );
  });
});
