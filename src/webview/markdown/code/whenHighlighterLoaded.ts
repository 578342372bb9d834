import type { Highlighter } from './highlighter';
import { runWhenIdle } from '../../kit/whenIdle';

let highlighter: Highlighter | undefined;
let requested = false;
const waiting: (() => void)[] = [];

/** The highlighter, after it has loaded. Its grammars are a separate chunk. */
export function loadedHighlighter(): Highlighter | undefined {
  return highlighter;
}

/** Calls `then` when the highlighter has loaded. The first call loads it in idle time. */
export function whenHighlighterLoaded(then: () => void): void {
  if (highlighter !== undefined) then();
  else {
    waiting.push(then);
    if (!requested) runWhenIdle(startLoading);
    requested = true;
  }
}

function startLoading(): boolean {
  void import('./highlighter').then(
    (module) => {
      highlighter = module.createHighlighter();
      for (const then of waiting.splice(0)) then();
    },
    // Code stays readable without colours.
    (error: unknown) => {
      reportError(error);
    },
  );
  return false;
}
