import type { CompletionUsage } from './writeCompletionRequest';

/** The requests for completions of one day, and their tokens. */
export interface CompletionTally {
  /** The day in the user's time zone, such as `2026-11-30`. */
  readonly day: string;
  readonly requests: number;
  readonly tokens: number;
  /** True if a part of the tokens is estimated. */
  readonly isEstimated: boolean;
}

/** Adds a request to the tally of its day. A new day begins with a new tally. */
export function addToTally(
  before: CompletionTally | undefined,
  day: string,
  { promptTokens, completionTokens, isEstimated }: CompletionUsage,
): CompletionTally {
  const known = before?.day === day ? before : { day, requests: 0, tokens: 0, isEstimated: false };
  return {
    day,
    requests: known.requests + 1,
    tokens: known.tokens + promptTokens + completionTokens,
    isEstimated: known.isEstimated || isEstimated,
  };
}
