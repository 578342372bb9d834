import type { Usage } from '../shared/usage';
import { asCount, asObject } from './replyObject';

/** The counts of a `usage` object, in the names of the chat or of the responses API; undefined when it holds none. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const promptDetails = asObject(usage.prompt_tokens_details ?? usage.input_tokens_details);
  const completionDetails = asObject(usage.completion_tokens_details ?? usage.output_tokens_details);
  const counts = {
    promptTokens: asCount(usage.prompt_tokens) ?? asCount(usage.input_tokens),
    completionTokens: asCount(usage.completion_tokens) ?? asCount(usage.output_tokens),
    totalTokens: asCount(usage.total_tokens),
    cachedTokens: asCount(promptDetails?.cached_tokens) ?? asCount(usage.prompt_cache_hit_tokens),
    reasoningTokens: asCount(completionDetails?.reasoning_tokens),
  };
  const known = Object.entries(counts).filter(([, count]) => count !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
