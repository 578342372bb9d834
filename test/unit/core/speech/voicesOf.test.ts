import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { usualVoices, voicesOf } from '../../../../src/core/speech/voicesOf';

describe('the voices of a speech model', () => {
  for (const [modelId, voice] of [
    ['tts-1-hd', 'alloy'],
    ['openai/gpt-4o-mini-tts', 'cedar'],
    ['hexgrad/Kokoro-82M', 'zf_xiaoxiao'],
    ['qwen3-tts-flash', 'Cherry'],
    ['gemini-2.5-flash-preview-tts', 'Kore'],
    ['canopylabs/orpheus-3b', 'tara'],
    ['playai-tts', 'Fritz-PlayAI'],
    ['speech-02-hd', 'male-qn-qingse'],
    ['edge-tts', 'zh-CN-XiaoxiaoNeural'],
  ] as const)
    it(`of ${modelId} include ${voice}`, () => {
      ok(voicesOf(modelId).includes(voice));
    });

  it('begin with the id of the model at SiliconFlow', () => {
    equal(voicesOf('FunAudioLLM/CosyVoice2-0.5B')[1], 'FunAudioLLM/CosyVoice2-0.5B:anna');
  });

  it('are unknown for another model, which usually takes those of OpenAI', () => {
    deepStrictEqual(voicesOf('gpt-4o'), []);
    ok(usualVoices.includes('nova'));
  });
});
