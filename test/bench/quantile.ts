import type { Rounds } from './takeTurns';

/** The value below which this share (0 to 1) of the values lies; NaN when there are none. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle one of the values; NaN when there are none. */
export function medianOf(values: readonly number[]): number {
  return quantileOf(values, 0.5);
}

/** The median of each contestant's rounds. */
export function mediansOf(rounds: Rounds): Record<string, number> {
  return Object.fromEntries(Array.from(rounds, ([name, values]) => [name, medianOf(values)]));
}
