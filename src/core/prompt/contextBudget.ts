import type { Message } from '../../shared/conversation/conversation';

/** How a prompt fits into a model's window, in tokens. */
export interface ContextBudget {
  /** The prompt, as it would be sent. */
  readonly used: number;
  /** Kept free for the answer. */
  readonly reserved: number;
  /** The model's window; null when nobody knows it. */
  readonly window: number | null;
  /** Messages at the beginning that are left out. */
  readonly dropped: number;
}

/** What is kept free for the answer when neither the model nor the user says. */
const usualReserve = 4_096;

/** Tokens to keep free for the answer: what the user or the model allows at most, but never over half the window. */
export function reserveFor(window: number | null, maxOutput: number | undefined, maxTokens: unknown): number {
  const wanted =
    typeof maxTokens === 'number' ? maxTokens : Math.min(maxOutput ?? usualReserve, usualReserve);
  return window === null ? wanted : Math.min(wanted, Math.floor(window / 2));
}

/**
 * Leaves out the oldest turns until the rest fits. Cuts only before a user's message, so that no
 * answer and no tool's result loses what it answers, and always keeps the last turn.
 *
 * @param count Tokens of what would be sent for a path.
 * @param limit Tokens that the prompt may have.
 * @returns How many messages at the beginning to leave out; 0 when all fit.
 */
export function countToDrop(
  path: readonly Message[],
  limit: number,
  count: (path: readonly Message[]) => number,
): number {
  const starts = path.flatMap((message, index) => (message.role === 'user' ? [index] : []));
  let low = 0;
  let high = starts.length - 1;
  // What is left shrinks with every turn that goes, so the first cut that fits is found by halving.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (count(path.slice(starts[middle] ?? 0)) <= limit) high = middle;
    else low = middle + 1;
  }
  const start = starts[low] ?? 0;
  return low === 0 ? 0 : start;
}
