import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { kindOf, modelKinds, type ModelKind } from '../../../../src/core/models/modelKind';

const ids: Readonly<Record<ModelKind, string>> = {
  chat: `gpt-5 gpt-4o-image sora_image gemini-2.5-flash-image-preview nano-banana-pro gpt-4o-audio-preview gpt-audio
    gpt-4o-search-preview qwen2.5-vl-72b Qwen3-VL-235B llava-next-video-7b llama-guard-3 video-llama grok-2-vision-1212
    codestral-latest qwen2.5-omni-7b deepseek-chat claude-sonnet-4-5 llama3.2:3b adalina-7b visual-novel-7b evocative-13b
    mistral-embody-7b imaginary-70b sdk-helper banana-7b veograph-chat`,
  image: `gpt-image-1 gpt-image-1.5 chatgpt-image-latest dall-e-3 flux-kontext-pro black-forest-labs/flux-1.1-pro imagen-4
    stable-diffusion-3.5 sd3-turbo sdxl seedream-4.0 ideogram-v3 recraft-v3 cogview-4 qwen-image qwen-image-edit z-image-turbo
    grok-2-image-1212 hunyuan-image-3 jimeng_high_aes Kwai-Kolors/Kolors gpt-image-1:free`,
  video: `sora-2 veo-3.1-fast veo3 kling-v2-1 hailuo-02 seedance-1-0-pro wan2.2-t2v-plus wan2.5-i2v-preview runway-gen4
    viduq1 grok-video-1 luma-ray-2 pika-2.2`,
  music: 'suno_music suno-v5 chirp-v4 udio-v1 music-01',
  midjourney: 'mj_imagine mj-blend midjourney midjourney-v7 niji-6 swap_face',
  speech:
    'tts-1 tts-1-hd gpt-4o-mini-tts cosyvoice-v2 speech-02-hd kokoro-82m fish-speech-1.5 eleven_v3 qwen3-tts-flash',
  transcription: `whisper-1 whisper-large-v3 gpt-4o-transcribe gpt-4o-transcribe-diarize sensevoicesmall paraformer-v2
    qwen3-asr-flash parakeet-tdt-0.6b`,
  embedding: `text-embedding-3-large bge-m3 baai/bge-large-zh e5-mistral-7b-instruct gte-qwen2 m3e-base voyage-3-large
    jina-clip-v2 nomic-embed-text multilingual-e5-large all-minilm:33m`,
  completion: 'gpt-3.5-turbo-instruct davinci-002 babbage-002 text-ada-001 deepseek-coder-fim',
  rerank: 'bge-reranker-v2-m3 jina-reranker-v2 rerank-multilingual-v3.0 voyage-rerank-2',
  moderation: 'omni-moderation-latest text-moderation-stable',
  realtime: 'gpt-realtime gpt-4o-realtime-preview gpt-realtime-mini',
};

const kindByName = (id: string): ModelKind => kindOf({ id });

describe('The kind of a model by its id', () => {
  for (const kind of modelKinds)
    it(`recognises the ids of ${kind} models`, () => {
      const others = ids[kind].split(/\s+/).filter((id) => kindByName(id) !== kind);
      equal(others.join(' '), '');
    });

  it('is the same with a maker before the id and a variant behind it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(ids).flatMap((all) => all.split(/\s+/))), (id) => {
        equal(kindByName(`maker/${id}`), kindByName(id));
        if (!id.includes(':')) equal(kindByName(`${id}:free`), kindByName(id));
        equal(kindByName(id.toUpperCase()), kindByName(id));
      }),
    );
  });

  it('knows a kind for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (id) => {
        ok(modelKinds.includes(kindByName(id)));
      }),
    );
  });
});

describe('kindOf', () => {
  it('prefers what the user or the gateway says to the id', () => {
    equal(kindOf({ id: 'flux-chat', kind: 'chat' }), 'chat');
    equal(kindOf({ id: 'gpt-5', kind: 'image' }), 'image');
    equal(kindOf({ id: 'dall-e-3' }), 'image');
  });
});
