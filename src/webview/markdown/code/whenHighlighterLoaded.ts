import type { Highlighter } from './highlighter';
import { runWhenIdle } from '../../kit/whenIdle';

let highlighter: Highlighter | undefined;
let requested = false;
const waiting: (() => void)[] = [];

/** The highlighter, once it is there. Its grammars are a chunk of their own. */
export function loadedHighlighter(): Highlighter | undefined {
  return highlighter;
}

/** Calls `then` when the highlighter is there; it is loaded in idle time after the first call. */
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
    // Code stays plain, and readable.
    (error: unknown) => {
      reportError(error);
    },
  );
  return false;
}
