import type { Target } from './target';

/** What is said of a model's context window, in tokens, by whom; undefined where nothing is said. */
export interface KnownWindows {
  /** The user, in the settings. */
  readonly set: number | undefined;
  /** The gateway, when it refused a prompt as too long. */
  readonly learned: number | undefined;
  /** The gateway's list of models, or the server's own page. */
  readonly listed: number | undefined;
  /** What is generally known of such models. */
  readonly likely: number | undefined;
}

/**
 * The window to count with, and the longest prompt to send. The user comes first, then what the gateway named when it refused,
 * then its list. Where the gateway says two things, only a prompt longer than both is not sent: a server may have been started
 * again with another window. What is only likely stops no prompt.
 */
export function windowOf({
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
