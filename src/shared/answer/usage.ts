import * as v from 'valibot';

/** Tokens as the gateway counted them. Any figure may be missing. */
export const usageSchema = v.object({
  promptTokens: v.exactOptional(v.number()),
  completionTokens: v.exactOptional(v.number()),
  totalTokens: v.exactOptional(v.number()),
  /** Part of the prompt that came from the gateway's cache. */
  cachedTokens: v.exactOptional(v.number()),
  /** Part of the completion that was reasoning. */
  reasoningTokens: v.exactOptional(v.number()),
  /** True when the gateway sent no counts and these are ours. */
  estimated: v.exactOptional(v.boolean()),
});

export type Usage = v.InferOutput<typeof usageSchema>;

/** All tokens of prompt and answer. A total of 0 beside other counts is no sum: some gateways leave it at 0. */
export function totalOf({ promptTokens = 0, completionTokens = 0, totalTokens = 0 }: Usage): number {
  return totalTokens === 0 ? promptTokens + completionTokens : totalTokens;
}
