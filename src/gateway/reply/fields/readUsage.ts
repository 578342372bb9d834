import type { Usage } from '../../../shared/answer/usage';
import { asCount, asObject } from '../../json/replyObject';

/**
 * The counts of a `usage` object, in the names of the chat or of the responses API. A count of 0 beside other counts is read as
 * the gateway sent it. Undefined when the object holds no count, or only zeros.
 */
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
  // A server that does not count sends 0 everywhere.
  return known.some(([, count]) => count !== 0) ? Object.fromEntries(known) : undefined;
}
