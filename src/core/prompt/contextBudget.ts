import type { Message } from '../../shared/conversation/conversation';

/** How a prompt fits into a model's window, in tokens. */
export interface ContextBudget {
  /** The size of the prompt. */
  readonly used: number;
  /** Reserved for the answer. */
  readonly reserved: number;
  /** The model's context window; null when unknown. */
  readonly window: number | null;
  /** How many messages at the beginning are left out. */
  readonly dropped: number;
}

/** Tokens to reserve when neither the model nor the user states a limit for the answer. */
const usualReserve = 4_096;

/** Tokens to reserve for the answer: the limit of the user or of the model, but at most half of the context window. */
export function reserveFor(window: number | null, maxOutput: number | undefined, maxTokens: unknown): number {
  const wanted =
    typeof maxTokens === 'number' ? maxTokens : Math.min(maxOutput ?? usualReserve, usualReserve);
  return window === null ? wanted : Math.min(wanted, Math.floor(window / 2));
}

/**
 * Counts the messages to leave out at the beginning so that the rest fits. Cuts only before a user message, so that no answer
 * and no tool result loses its question. Always keeps the last turn. Calls `count` O(log n) times.
 *
 * @param count Returns the tokens of the prompt for a path.
 * @param limit Most tokens of the prompt.
 * @returns 0 when all messages fit.
 */
export function countToDrop(
  path: readonly Message[],
  limit: number,
  count: (path: readonly Message[]) => number,
): number {
  const starts = path.flatMap((message, index) => (message.role === 'user' ? [index] : []));
  let low = 0;
  let high = starts.length - 1;
  // The prompt shrinks with every turn that is left out, so a binary search finds the first cut that fits.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (count(path.slice(starts[middle] ?? 0)) <= limit) high = middle;
    else low = middle + 1;
  }
  const start = starts[low] ?? 0;
  return low === 0 ? 0 : start;
}
