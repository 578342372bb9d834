import * as v from 'valibot';
import { costSchema } from './cost';

/** Token counts of the gateway. Any count may be missing. */
export const usageSchema = v.object({
  promptTokens: v.exactOptional(v.number()),
  completionTokens: v.exactOptional(v.number()),
  totalTokens: v.exactOptional(v.number()),
  /** Part of the prompt that came from the gateway's cache. */
  cachedTokens: v.exactOptional(v.number()),
  /** Part of the prompt that the gateway stored in its cache. */
  cacheWriteTokens: v.exactOptional(v.number()),
  /** Part of the completion that was reasoning. */
  reasoningTokens: v.exactOptional(v.number()),
  /** True when the gateway sent no counts and Parley estimated them. */
  estimated: v.exactOptional(v.boolean()),
  /** What the request cost; absent when unknown, and in journals of earlier versions. */
  cost: v.exactOptional(costSchema),
});

/** Token counts of an answer. */
export type Usage = v.InferOutput<typeof usageSchema>;

/** Tokens of prompt and answer together. Some gateways send a total of 0; then the other counts are added. */
export function totalOf({ promptTokens = 0, completionTokens = 0, totalTokens = 0 }: Usage): number {
  return totalTokens === 0 ? promptTokens + completionTokens : totalTokens;
}
