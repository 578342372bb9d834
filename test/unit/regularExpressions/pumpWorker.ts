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

/** Lengths of the texts, in characters. */
const short = 4_000;
const long = 16_000;
const longest = 64_000;
/** Milliseconds. Less than this is not looked at again; noise beyond it only leads to another look. */
const soon = 1;
/** Milliseconds. A linear expression needs less than one for the long text, one of quadratic time some hundred. */
const late = 10;
/** Four times the length takes a linear expression four times as long and one of quadratic time sixteen times. */
const growth = 9;
/** Milliseconds for the short text that need no second look. */
const hopeless = 1_000;
/** Milliseconds for the long text that need no third look. */
const certain = 200;

parentPort?.on('message', ({ source, flags }: PumpTask) => {
  const result: PumpResult = pump(source, flags);
  parentPort?.postMessage(result);
});

function pump(source: string, flags: string): PumpResult {
  const expression = new RegExp(source, flags);
  for (const attack of attacksOn(source, flags)) {
    if (timeOf(expression, attack, short) < soon) continue;
    const before = shortestOf(expression, attack, short);
    const after = before > hopeless ? Infinity : shortestOf(expression, attack, long);
    if (after > late && after > before * growth && staysSteep(expression, attack, after))
      return { attack: { ...attack, milliseconds: Math.round(after) } };
  }
  return {};
}

/** True if the time also grows too fast to the longest text: another program can slow down a single measurement. */
function staysSteep(expression: RegExp, attack: Attack, after: number): boolean {
  return after > certain || shortestOf(expression, attack, longest) > after * growth;
}

function shortestOf(expression: RegExp, attack: Attack, length: number): number {
  return Math.min(...[1, 2, 3].map(() => timeOf(expression, attack, length)));
}

/** Milliseconds of the processor, which other programs do not lengthen, for all matches in a text of about this length; a sticky expression is tried at the beginning. */
function timeOf(expression: RegExp, { lead, pump, tail }: Attack, length: number): number {
  const text = lead + pump.repeat(Math.ceil(length / pump.length)) + tail;
  expression.lastIndex = 0;
  const start = process.threadCpuUsage().user;
  if (expression.sticky || !expression.global) expression.exec(text);
  else text.replace(expression, '');
  return (process.threadCpuUsage().user - start) / 1_000;
}
