import type { ModelDescription } from './gateway';
import { kindOf } from './modelKind';

/** Fast, current chat models of known families, for a first chat when the list lacks the gateway's default. First match wins. */
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

/** True for a model that takes prompts of a chat. */
export function isChatModel(model: ModelDescription): boolean {
  return kindOf(model) === 'chat';
}

/**
 * Chooses the model for the first chat: the gateway's default, else a model of a preferred family, else the first chat model.
 *
 * @returns Undefined for an empty list.
 */
export function chooseChatModel(
  models: readonly ModelDescription[],
  defaultModel: string | undefined,
): ModelDescription | undefined {
  const byDefault = models.find((model) => model.id === defaultModel);
  if (byDefault !== undefined) return byDefault;
  const chatModels = models.filter(isChatModel);
  // Loading another model takes a server minutes, and unloads the current one.
  const loaded = chatModels.filter((model) => model.loaded === true);
  const candidates = loaded.length > 0 ? loaded : chatModels;
  for (const pattern of preferred) {
    const match = candidates.find((model) => pattern.test(model.id));
    if (match !== undefined) return match;
  }
  return candidates[0] ?? models[0];
}

/**
 * True for models that reason between tool calls and need their reasoning back (`reasoning_content` in the documentation of
 * Moonshot and DeepSeek). Other models refuse it, or the user pays for it twice.
 */
export function wantsReasoning(modelId: string): boolean {
  return /(^|\/)(kimi-k2.*thinking|deepseek-v3\.[2-9]|minimax-m2|glm-4\.[6-9]|mimo-v2)/i.test(modelId);
}
