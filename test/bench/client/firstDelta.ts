import type { Contestant } from './contestants/contestant';

/** Asks, and gives the milliseconds until the first text came; resolves at the answer's end. */
export async function firstDelta(contestant: Contestant): Promise<number> {
  const start = performance.now();
  let first: number | undefined;
  await contestant.ask((text) => {
    if (text !== '') first ??= performance.now() - start;
  });
  return first ?? Number.NaN;
}
