import type { Usage } from '../../../shared/answer/usage';
import { asCount, asObject } from '../../json/replyObject';

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
  // A server that counts nothing says 0 everywhere.
  return known.some(([, count]) => count !== 0) ? Object.fromEntries(known) : undefined;
}

/**
 * The counts without those that cannot be true: a prompt always has tokens, and so has an answer that came. A total
 * that was counted with such a zero, or is one, is left out as well.
 *
 * @param hasAnswer True when text or reasoning came.
 */
export function withoutFalseZeros(usage: Usage, hasAnswer: boolean): Usage | undefined {
  const { promptTokens, completionTokens, totalTokens, ...rest } = usage;
  const lacksPrompt = promptTokens === 0;
  const lacksCompletion = completionTokens === 0 && hasAnswer;
  const counted = (promptTokens ?? 0) + (completionTokens ?? 0);
  const isFalseTotal =
    totalTokens === 0 ||
    ((lacksPrompt || lacksCompletion) && totalTokens !== undefined && totalTokens <= counted);
  const kept: Usage = {
    ...(promptTokens !== undefined && !lacksPrompt && { promptTokens }),
    ...(completionTokens !== undefined && !lacksCompletion && { completionTokens }),
    ...(totalTokens !== undefined && !isFalseTotal && { totalTokens }),
    ...rest,
  };
  return Object.values(kept).some((count) => count !== 0) ? kept : undefined;
}
