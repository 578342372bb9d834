import type { ModelDescription } from './gateway';

/** How much of a model id is searched, in UTF-16 units. */
const longestId = 500;

type Facts = Pick<ModelDescription, 'contextWindow' | 'maxOutput' | 'vision'>;

/**
 * What the makers document about their model families, for gateways whose list has no details. First match wins, so narrow
 * patterns come first. These values are hints and never stop a prompt: a gateway may serve less, and a newer model may have
 * more.
 */
const families: readonly (readonly [RegExp, Facts])[] = [
  [/gpt-5(?:(?!gpt-5).)*chat/, { contextWindow: 128_000, maxOutput: 16_384, vision: true }],
  [/gpt-5/, { contextWindow: 400_000, maxOutput: 128_000, vision: true }],
  [/gpt-oss/, { contextWindow: 131_072, vision: false }],
  [/gpt-4\.1/, { contextWindow: 1_047_576, maxOutput: 32_768, vision: true }],
  [/gpt-4o/, { contextWindow: 128_000, maxOutput: 16_384, vision: true }],
  [/gpt-4-turbo/, { contextWindow: 128_000, maxOutput: 4_096, vision: true }],
  [/gpt-3\.5/, { contextWindow: 16_385, maxOutput: 4_096, vision: false }],
  [/(^|\/)o[34](-|$)/, { contextWindow: 200_000, maxOutput: 100_000, vision: true }],
  [/(^|\/)o1-mini/, { contextWindow: 128_000, maxOutput: 65_536, vision: false }],
  [/(^|\/)o1/, { contextWindow: 200_000, maxOutput: 100_000, vision: true }],
  [/claude-3-5-haiku|claude-3-haiku/, { contextWindow: 200_000, maxOutput: 8_192, vision: true }],
  [/claude-3-5/, { contextWindow: 200_000, maxOutput: 8_192, vision: true }],
  [
    /claude.*(1m\b|(opus|sonnet)-(4[-.][6-9]|[5-9]))/,
    { contextWindow: 1_000_000, maxOutput: 64_000, vision: true },
  ],
  [/claude/, { contextWindow: 200_000, maxOutput: 32_000, vision: true }],
  [/gemini-(1\.5-pro)/, { contextWindow: 2_097_152, maxOutput: 8_192, vision: true }],
  [/gemini-(1|2\.0)/, { contextWindow: 1_048_576, maxOutput: 8_192, vision: true }],
  [/gemini/, { contextWindow: 1_048_576, maxOutput: 65_536, vision: true }],
  [/deepseek.*(vl|ocr)/, { vision: true }],
  [/deepseek-v([4-9]|\d\d)/, { contextWindow: 1_000_000, maxOutput: 65_536, vision: false }],
  [/deepseek/, { contextWindow: 128_000, maxOutput: 8_192, vision: false }],
  [/grok-4.*fast/, { contextWindow: 2_000_000, vision: true }],
  [/grok-4/, { contextWindow: 256_000, vision: true }],
  [/grok-code/, { contextWindow: 256_000, vision: false }],
  [/grok-3/, { contextWindow: 131_072, vision: false }],
  [/kimi-k2\.[5-9]/, { contextWindow: 262_144, vision: true }],
  [/kimi-k2/, { contextWindow: 256_000, vision: false }],
  [/glm-[\d.]+v/, { vision: true }],
  [/glm-(4\.[6-9]|[5-9])/, { contextWindow: 200_000, vision: false }],
  [/glm-4\.5/, { contextWindow: 128_000, vision: false }],
  [/minimax-m[2-9]/, { contextWindow: 204_800 }],
  [/doubao-seed/, { contextWindow: 256_000, vision: true }],
];

/** Ids of models on local servers, whose user sets the context window: `deepseek-r1:1.5b`, `qwen3:latest`, `x-Q4_K_M.gguf`. */
const selfServed = /:(latest|[\d.]+[bm]\b|[^/]*\bq\d)|\.gguf$|-q\d_|-(awq|gptq|mlx)\b|\bdistill\b/;

/** The usual facts of a model's family, found by its id; empty for an unknown family. */
export function modelFacts(modelId: string): Facts {
  const id = modelId.slice(0, longestId).toLowerCase();
  const facts = families.find(([pattern]) => pattern.test(id))?.[1] ?? {};
  if (!selfServed.test(id)) return facts;
  return facts.vision === undefined ? {} : { vision: facts.vision };
}
