/** The ids of the gateways that Parley offers without any setting. Stored in settings, so they must not change. */
export const presetIds = [
  'apimart',
  'apipod',
  'aitre',
  'applerouter',
  'apiyi',
  'openai',
  'deepseek',
  'openrouter',
  'gemini',
  'ollama',
  'lmstudio',
  'llamacpp',
  'vllm',
  'sglang',
  'koboldcpp',
  'jan',
] as const;

export type PresetId = (typeof presetIds)[number];

/** True for a preset that exists without a setting, because it has an address of its own. */
export function hasOwnAddress(gatewayId: string): boolean {
  return gatewayId !== 'aitre' && presetIds.some((id) => id === gatewayId);
}
