/**
 * Loads one contestant in a process of its own, asks it a first question, lets it read a long answer, and sends what
 * that took. Arguments: the contestant's bundle, the port of the server of chunks.
 */
import { createRequire } from 'node:module';
import type { OpenContestant } from './contestants/contestant';
import { baseUrlOf } from './deliveries';
import { firstDelta } from './firstDelta';

/**
 * What a fresh client costs:
 * - `load`: milliseconds to load it.
 * - `first`: milliseconds from its first question to the first text, without a socket yet.
 * - `memory`: the most that the process took beyond what it had before loading, in MB.
 */
export type FreshFigures = Readonly<Record<'load' | 'first' | 'memory', number>>;

async function main(bundle: string, port: number): Promise<void> {
  const require = createRequire(__filename);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const { open } = require(bundle) as { readonly open: OpenContestant };
  const asker = open(baseUrlOf(port, { kind: 'alike', delivery: 'first' }));
  await asker.preload?.();
  const load = performance.now() - start;
  const first = await firstDelta(asker);
  await asker.close();
  const reader = open(baseUrlOf(port, { kind: 'alike', delivery: '16k' }));
  let answer = '';
  await reader.ask((text) => {
    answer += text;
  });
  await reader.close();
  if (answer === '') throw new Error('No answer came.');
  const memory = (process.resourceUsage().maxRSS * 1_024 - before) / 1e6;
  process.send?.({ load, first, memory } satisfies FreshFigures, () => process.exit());
}

void main(process.argv[2] ?? '', Number(process.argv[3]));
