import type * as DrawMath from './drawMath';
import { runWhenIdle } from '../../kit/whenIdle';

interface MathDrawer {
  /** Draws a formula; see `drawMath`. */
  draw(tex: string, display: boolean): Element | DrawMath.MathProblem;
}

let drawer: MathDrawer | undefined;
let requested = false;
const waiting: (() => void)[] = [];

/** What draws formulas, once it is there. Temml is a chunk of its own. */
export function loadedMath(): MathDrawer | undefined {
  return drawer;
}

/** Calls `then` when formulas can be drawn; what is needed for it is loaded in idle time after the first call. */
export function whenMathLoaded(then: () => void): void {
  if (drawer !== undefined) then();
  else {
    waiting.push(then);
    if (!requested) runWhenIdle(startLoading);
    requested = true;
  }
}

function startLoading(): boolean {
  void import('./drawMath').then(
    ({ drawMath }) => {
      drawer = { draw: drawMath };
      for (const then of waiting.splice(0)) then();
    },
    // Formulas stay source, and readable.
    (error: unknown) => {
      reportError(error);
    },
  );
  return false;
}
