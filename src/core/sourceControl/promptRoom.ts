import { reserveFor } from '../prompt/contextBudget';
import type { Target } from '../prompt/target';

/** The window to assume if none is known, in tokens: most models have more. */
const assumedWindow = 16_000;
/** Counts are estimates: this share of the room is used. */
const usedShare = 0.9;

/**
 * The room for a prompt that Parley writes itself, in tokens: what the model's window leaves beside the answer, and at most
 * `most`, because a longer prompt costs more and rarely tells more.
 */
export function promptRoom(
  {
    contextWindow,
    promptLimit,
    maxOutput,
    route,
  }: Pick<Target, 'contextWindow' | 'promptLimit' | 'maxOutput' | 'route'>,
  most: number,
): number {
  const window = Math.min(promptLimit ?? contextWindow ?? assumedWindow, contextWindow ?? assumedWindow);
  const maxTokens = 'gateway' in route ? route.parameters['max_tokens'] : undefined;
  const reserved = reserveFor(window, maxOutput ?? undefined, maxTokens);
  return Math.floor(Math.min(most, Math.max(window / 4, window - reserved)) * usedShare);
}
