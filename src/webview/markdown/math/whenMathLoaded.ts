import type * as DrawMath from './drawMath';
import { runWhenIdle } from '../../kit/whenIdle';

interface MathDrawer {
  /** Draws a formula; see `drawMath`. */
  draw(tex: string, display: boolean): Element | DrawMath.MathProblem;
}

let drawer: MathDrawer | undefined;
let requested = false;
const waiting: (() => void)[] = [];

/** The code that draws formulas, after it has loaded. Temml is a separate chunk. */
export function loadedMath(): MathDrawer | undefined {
  return drawer;
}

/** Calls `then` when formulas can be drawn. The first call loads the code in idle time. */
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
    // Formulas stay readable as source.
    (error: unknown) => {
      reportError(error);
    },
  );
  return false;
}
