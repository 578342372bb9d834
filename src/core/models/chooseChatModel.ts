import type { ModelDescription } from './gateway';

/** Ids of models that do something other than chat; a list of models names them all. */
const notForChat =
  /embed|whisper|(^|[-/_])tts|transcri|moderation|dall-e|(^|[-/_])image|imagen|flux|midjourney|(^|\/)mj[-_]|stable-diffusion|sdxl|suno|(^|[-/_])sora|veo|kling|runway|luma|rerank|realtime|babbage|davinci|(^|[-/_])ada(-|$)/i;

/**
 * What a newcomer wants when the gateway's default is not in the list: a fast, current chat model of
 * a known family. First match wins.
 */
const preferred: readonly RegExp[] = [
  /(^|\/)gpt-5(\.\d+)?(-chat-latest|-mini)?$/i,
  /(^|\/)claude.*sonnet/i,
  /(^|\/)gpt-4o(-mini)?$/i,
  /(^|\/)gemini-[\d.]+-(flash|pro)$/i,
  /(^|\/)deepseek-(v[\d.]+|chat)/i,
  /(^|\/)qwen/i,
  /(^|\/)glm/i,
  /(^|\/)(llama|mistral|gemma|phi)/i,
];

/** True unless the id says that the model makes embeddings, pictures, speech or the like. */
export function isChatModel(model: ModelDescription): boolean {
  return !notForChat.test(model.id);
}

/** The model to begin with: the gateway's own default, else a known good one, else the first for chat. */
export function chooseChatModel(
  models: readonly ModelDescription[],
  defaultModel: string | undefined,
): ModelDescription | undefined {
  const byDefault = models.find((model) => model.id === defaultModel);
  if (byDefault !== undefined) return byDefault;
  const chatModels = models.filter(isChatModel);
  // Loading another model takes a server minutes, and the memory of the one that it has.
  const loaded = chatModels.filter((model) => model.loaded === true);
  const candidates = loaded.length > 0 ? loaded : chatModels;
  for (const pattern of preferred) {
    const match = candidates.find((model) => pattern.test(model.id));
    if (match !== undefined) return match;
  }
  return candidates[0] ?? models[0];
}

/**
 * True for models that think between tool calls and lose the thread unless they get their reasoning
 * back (`reasoning_content` in Moonshot's and DeepSeek's documents). Others refuse it or pay for it twice.
 */
export function wantsReasoning(modelId: string): boolean {
  return /(^|\/)(kimi-k2.*thinking|deepseek-v3\.[2-9]|minimax-m2|glm-4\.[6-9]|mimo-v2)/i.test(modelId);
}
