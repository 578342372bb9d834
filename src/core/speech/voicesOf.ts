/** Voices of models by their names, lower case; the first match counts. From the makers' documentation, 2026. */
const families: readonly (readonly [pattern: RegExp, voices: string])[] = [
  [/^tts-1/, 'alloy ash coral echo fable onyx nova sage shimmer'],
  [/^gpt-[\w.-]{0,60}tts/, 'alloy ash ballad coral echo fable nova onyx sage shimmer verse marin cedar'],
  [
    /kokoro/,
    'af_heart af_bella af_nicole am_adam am_michael bf_emma bm_george zf_xiaoxiao zf_xiaoyi zm_yunxi jf_alpha',
  ],
  [/^qwen[\w.-]{0,60}tts/, 'Cherry Serena Ethan Chelsie Dylan Jada Sunny'],
  [/^gemini[\w.-]{0,60}tts/, 'Kore Puck Zephyr Charon Fenrir Leda Orus Aoede Callirrhoe Sulafat'],
  [/orpheus/, 'tara leah jess leo dan mia zac zoe'],
  [/playai/, 'Fritz-PlayAI Celeste-PlayAI Cheyenne-PlayAI Atlas-PlayAI Quinn-PlayAI Thunder-PlayAI'],
  [
    /^speech-0|minimax/,
    'male-qn-qingse male-qn-jingying female-shaonv female-yujie presenter_male presenter_female',
  ],
  [
    /edge-tts|azure/,
    'zh-CN-XiaoxiaoNeural zh-CN-YunxiNeural en-US-AriaNeural en-US-GuyNeural ja-JP-NanamiNeural',
  ],
];

/** Models whose voices have the model's id before them, such as `FunAudioLLM/CosyVoice2-0.5B:anna` at SiliconFlow. */
const siliconFlow = /cosyvoice|moss-ttsd|indextts/i;
const siliconFlowVoices = 'alex anna bella benjamin charles claire david diana';

/**
 * The voices that a speech model is known to have.
 *
 * @returns Empty for an unknown model. Many gateways give their models the names of OpenAI's voices.
 */
export function voicesOf(modelId: string): readonly string[] {
  if (siliconFlow.test(modelId) && modelId.includes('/'))
    return siliconFlowVoices.split(' ').map((voice) => `${modelId}:${voice}`);
  const id = modelId.toLowerCase().split('/').at(-1) ?? '';
  return families.find(([pattern]) => pattern.test(id))?.[1].split(' ') ?? [];
}

/** OpenAI's voices, which gateways most often give to other models too. */
export const usualVoices: readonly string[] = voicesOf('gpt-4o-mini-tts');
