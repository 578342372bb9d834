import type { ModelDescription } from './gateway';

type Facts = Pick<ModelDescription, 'contextWindow' | 'maxOutput' | 'vision'>;

/**
 * What makers document about their families of models, for gateways whose list says nothing. First
 * match wins, so the narrower patterns stand first. A gateway may allow less; then its refusal counts.
 */
const families: readonly (readonly [RegExp, Facts])[] = [
  [/gpt-5.*chat/, { contextWindow: 128_000, maxOutput: 16_384, vision: true }],
  [/gpt-5/, { contextWindow: 400_000, maxOutput: 128_000, vision: true }],
  [/gpt-4\.1/, { contextWindow: 1_047_576, maxOutput: 32_768, vision: true }],
  [/gpt-4o/, { contextWindow: 128_000, maxOutput: 16_384, vision: true }],
  [/gpt-4-turbo/, { contextWindow: 128_000, maxOutput: 4_096, vision: true }],
  [/gpt-3\.5/, { contextWindow: 16_385, maxOutput: 4_096, vision: false }],
  [/(^|\/)o[34](-|$)/, { contextWindow: 200_000, maxOutput: 100_000, vision: true }],
  [/(^|\/)o1-mini/, { contextWindow: 128_000, maxOutput: 65_536, vision: false }],
  [/(^|\/)o1/, { contextWindow: 200_000, maxOutput: 100_000, vision: true }],
  [/claude-3-5-haiku|claude-3-haiku/, { contextWindow: 200_000, maxOutput: 8_192, vision: true }],
  [/claude-3-5/, { contextWindow: 200_000, maxOutput: 8_192, vision: true }],
  [/claude/, { contextWindow: 200_000, maxOutput: 32_000, vision: true }],
  [/gemini-(1\.5-pro)/, { contextWindow: 2_097_152, maxOutput: 8_192, vision: true }],
  [/gemini-(1|2\.0)/, { contextWindow: 1_048_576, maxOutput: 8_192, vision: true }],
  [/gemini/, { contextWindow: 1_048_576, maxOutput: 65_536, vision: true }],
  [/deepseek/, { contextWindow: 128_000, maxOutput: 8_192, vision: false }],
  [/grok-4/, { contextWindow: 256_000, vision: true }],
  [/grok-3/, { contextWindow: 131_072, vision: false }],
  [/kimi-k2/, { contextWindow: 256_000, vision: false }],
];

/** What is generally known of a model by its id; empty for one of an unknown family. */
export function modelFacts(modelId: string): Facts {
  const id = modelId.toLowerCase();
  return families.find(([pattern]) => pattern.test(id))?.[1] ?? {};
}
