import type { Usage } from '../../../shared/answer/usage';
import { asCount, asObject } from '../../json/replyObject';
import { readCost } from './readCost';

/**
 * Reads the token counts and the cost of a `usage` object, with the field names of Chat Completions or of Responses. Undefined if
 * it has no cost, and no counts or only zeros.
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
    cacheWriteTokens:
      asCount(promptDetails?.cache_write_tokens) ?? asCount(promptDetails?.cached_creation_tokens),
    reasoningTokens: asCount(completionDetails?.reasoning_tokens),
  };
  const known = Object.entries(counts).filter(([, count]) => count !== undefined);
  const cost = readCost(usage);
  // A server that does not count tokens sends only zeros.
  if (!known.some(([, count]) => count !== 0)) return cost === undefined ? undefined : { cost };
  return { ...Object.fromEntries(known), ...(cost !== undefined && { cost }) };
}
