import type { Target } from './target';

/** A model's context window by source, in tokens; undefined where a source does not state it. */
export interface KnownWindows {
  /** From the user's settings. */
  readonly set: number | undefined;
  /** From the gateway's error message when it refused a prompt as too long. */
  readonly learned: number | undefined;
  /** From the gateway's list of models or the server's own endpoint. */
  readonly listed: number | undefined;
  /** The usual value of the model's family. */
  readonly likely: number | undefined;
}

/**
 * Chooses the context window to calculate with and the longest prompt to send. Settings come first, then the learned value,
 * then the list. If the learned value and the list differ, the larger one is the limit, because the server may have been
 * restarted with another window. The likely value is never a limit.
 */
export function chooseContextWindow({
  set,
  learned,
  listed,
  likely,
}: KnownWindows): Required<Pick<Target, 'contextWindow' | 'promptLimit'>> {
  const told = learned ?? listed;
  return {
    contextWindow: set ?? told ?? likely ?? null,
    promptLimit: set ?? (told === undefined ? null : Math.max(told, listed ?? told)),
  };
}
