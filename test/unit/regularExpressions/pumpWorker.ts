/** Runs in a worker, which can be ended: tells how one regular expression gets on with texts that grow. */
import { parentPort } from 'node:worker_threads';
import { attacksOn, type Attack } from './attacks';

/** What the worker is asked. */
export interface PumpTask {
  readonly source: string;
  readonly flags: string;
}

/** The first text that takes too long; absent when there is none. */
export interface PumpResult {
  readonly attack?: Attack & { readonly milliseconds: number };
}

/** Characters. The second look costs a quadratic expression hundreds of milliseconds and a linear one less than one. */
const firstLook = 4_000;
const secondLook = 40_000;
/** Milliseconds. Noise beyond the first only leads to a second look; the second is the shortest of three. */
const firstLimit = 1;
const secondLimit = 120;

parentPort?.on('message', ({ source, flags }: PumpTask) => {
  const result: PumpResult = pump(source, flags);
  parentPort?.postMessage(result);
});

function pump(source: string, flags: string): PumpResult {
  const expression = new RegExp(source, flags);
  for (const attack of attacksOn(source, flags)) {
    if (timeOf(expression, attack, firstLook) < firstLimit) continue;
    let shortest = Infinity;
    for (let round = 0; round < 3 && shortest >= secondLimit; round++)
      shortest = Math.min(shortest, timeOf(expression, attack, secondLook));
    if (shortest >= secondLimit) return { attack: { ...attack, milliseconds: Math.round(shortest) } };
  }
  return {};
}

/** Milliseconds for all matches in a text of about this length; a sticky expression is tried at the beginning. */
function timeOf(expression: RegExp, { lead, pump, tail }: Attack, length: number): number {
  const text = lead + pump.repeat(Math.ceil(length / pump.length)) + tail;
  expression.lastIndex = 0;
  const start = performance.now();
  if (expression.sticky || !expression.global) expression.exec(text);
  else text.replace(expression, '');
  return performance.now() - start;
}
